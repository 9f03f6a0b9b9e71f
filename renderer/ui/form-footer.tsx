import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DialogFooter } from './dialog-footer.tsx';
import { WorkButton } from './work-button.tsx';

interface Props {
  readonly working: boolean;
  readonly onCancel: () => void;
  /** What the form does: a verb. */
  readonly children: ReactNode;
}

/** The two buttons that end a form in a dialog: Cancel, and the one that sends it. */
export function FormFooter({ working, onCancel, children }: Props) {
  return (
    <DialogFooter>
      <Button variant="default" onClick={onCancel}>
        Cancel
      </Button>
      <WorkButton type="submit" working={working}>
        {children}
      </WorkButton>
    </DialogFooter>
  );
}
