import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { OperatorView } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import { RoleField } from './role-field.tsx';
import { ROLE_WORDS } from './role-words.ts';

interface Props {
  readonly operator: OperatorView;
  readonly onClose: () => void;
}

/** Gives somebody another role. */
export function EditOperatorDialog({ operator: { name, role: before, you }, onClose }: Props) {
  const [role, setRole] = useState(before);
  const { working, problem, run } = useWork();

  function change() {
    void run(async () => {
      await call(window.keysmith.operators.edit({ name, role }));
      notify(`${name} is ${ROLE_WORDS[role].title.toLowerCase()} now.`);
      onClose();
    });
  }

  return (
    <Dialog title={`Change the role of ${name}`} size={560} onClose={onClose} closeOnClickOutside={false}>
      <Stack gap="sm">
        <RoleField value={role} onChange={setRole} />
        <Text size="sm" c="dimmed">
          {you
            ? 'This is your own role: what it no longer allows is gone from your window at once.'
            : 'Keysmith locks where it is open elsewhere on this installation, and opens with the new role.'}
        </Text>
        <ProblemAlert problem={problem} />
      </Stack>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <WorkButton working={working} disabled={role === before} onClick={change}>
          Change role
        </WorkButton>
      </DialogFooter>
    </Dialog>
  );
}
