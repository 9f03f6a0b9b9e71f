import { List, Text } from '@mantine/core';
import type { OperatorView } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { notify } from '../ui/notify.ts';
import { useWork } from '../ui/use-work.ts';

interface Props {
  readonly operator: OperatorView;
  readonly onClose: () => void;
}

/** Asks before somebody can no longer work here. */
export function RemoveOperatorDialog({ operator: { name }, onClose }: Props) {
  const { working, problem, run } = useWork();

  function remove() {
    void run(async () => {
      await call(window.keysmith.operators.remove({ name }));
      notify(`${name} is no longer an operator.`);
      onClose();
    });
  }

  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      action="Remove operator"
      working={working}
      problem={problem}
      onConfirm={remove}
      onCancel={() => {
        if (!working) onClose();
      }}
    >
      <List size="sm" spacing={4} pr="xs">
        <List.Item>Their passphrase no longer opens this installation.</List.Item>
        <List.Item>Keysmith locks where it is open elsewhere on this installation.</List.Item>
        <List.Item>What they did stays in the audit log, and their name is never given again.</List.Item>
        <List.Item>Keys that they created go on working. Rotate those whose secrets they kept.</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        Everything is wrapped anew for those who stay. This cannot be taken back.
      </Text>
    </ConfirmDialog>
  );
}
