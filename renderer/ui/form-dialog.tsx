import { Text } from '@mantine/core';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { type ChangeCheck, FormDialogContext } from './form-dialog-context.ts';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly size?: number;
  readonly onClose: () => void;
}

/** A dialog with forms. Escape and its close button ask before what was typed is thrown away. */
export function FormDialog({ title, children, size = 520, onClose }: Props) {
  const checks = useRef(new Set<ChangeCheck>());
  const [asking, setAsking] = useState(false);
  const register = useCallback((check: ChangeCheck) => {
    checks.current.add(check);
    return () => void checks.current.delete(check);
  }, []);

  function leave() {
    if ([...checks.current].some(isChanged => isChanged())) setAsking(true);
    else onClose();
  }

  return (
    <FormDialogContext value={register}>
      <Dialog title={title} size={size} onClose={leave} closeOnClickOutside={false}>
        {children}
      </Dialog>
      {asking && (
        <ConfirmDialog
          title="Throw away the changes?"
          action="Throw away"
          working={false}
          problem={null}
          onConfirm={onClose}
          onCancel={() => setAsking(false)}
        >
          <Text size="sm">What you changed in “{title}” has not been saved.</Text>
        </ConfirmDialog>
      )}
    </FormDialogContext>
  );
}
