import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from './call.ts';
import { Dialog } from './dialog.tsx';
import { DialogFooter } from './dialog-footer.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { WorkButton } from './work-button.tsx';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does: a verb. */
  readonly action: string;
  readonly destructive?: boolean;
  /** True until the admin gave what is needed. */
  readonly disabled?: boolean;
  readonly working: boolean;
  readonly problem: Problem | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that cannot be taken back; Cancel has the focus. */
export function ConfirmDialog(props: Props) {
  const { title, children, action, destructive = true, disabled = false } = props;
  const { working, problem, onConfirm, onCancel } = props;
  return (
    <Dialog title={title} size={460} onClose={onCancel}>
      <Stack gap="sm">
        {children}
        <ProblemAlert problem={problem} />
      </Stack>
      <DialogFooter>
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <WorkButton
          working={working}
          disabled={disabled}
          onClick={onConfirm}
          {...(destructive ? { color: 'red' } : {})}
        >
          {action}
        </WorkButton>
      </DialogFooter>
    </Dialog>
  );
}
