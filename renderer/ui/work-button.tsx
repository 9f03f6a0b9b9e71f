import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useDelayed } from './use-delayed.ts';

interface Props extends ButtonProps {
  readonly working: boolean;
  readonly children: ReactNode;
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button for a change: disabled at once while it runs, with a progress sign when it takes long. */
export function WorkButton({ working, disabled = false, children, ...others }: Props) {
  const late = useDelayed(working);
  return (
    <Button {...others} disabled={disabled || working} loading={late}>
      {children}
    </Button>
  );
}
