import { Button } from '@mantine/core';
import type { IconCopy } from '@tabler/icons-react';
import classes from './selection-tools.module.css';

interface Props {
  readonly label: string;
  readonly icon: typeof IconCopy;
  readonly destructive?: boolean | undefined;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** A button of the toolbar; where there is little room its icon stands for its label. */
export function ToolButton({ label, icon: Icon, destructive = false, disabled = false, onClick }: Props) {
  return (
    <Button
      variant="default"
      className={classes.tool ?? ''}
      title={label}
      disabled={disabled}
      {...(destructive ? { c: 'var(--ks-bad)' } : {})}
      onClick={onClick}
    >
      <Icon size={15} aria-hidden className={classes.icon} />
      <span className={classes.label}>{label}</span>
    </Button>
  );
}
