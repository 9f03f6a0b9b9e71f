import { Text } from '@mantine/core';
import type { KeyView } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ReasonField } from '../ui/reason-field.tsx';
import { useReason } from '../ui/use-reason.ts';
import { useWork } from '../ui/use-work.ts';

interface Props {
  readonly keyView: KeyView;
  readonly how: 'revoke' | 'remove';
  readonly onClose: () => void;
}

/** Asks before a key is revoked or removed, and takes a reason. */
export function EndKeyDialog({ keyView: { id, name, status, service }, how, onClose }: Props) {
  const goToBundle = useGoToBundle();
  const reason = useReason();
  const { working, problem, run } = useWork();

  function end() {
    if (reason.wrong !== null) return;
    void run(async () => {
      const request = { key: id, ...reason.asked };
      if (how === 'revoke') await call(window.keysmith.keys.revoke(request));
      else await call(window.keysmith.keys.remove(request));
      notifyNextBundle(
        `${name} was ${how === 'revoke' ? 'revoked' : 'removed'}. Services notice with the next bundle.`,
        service,
        goToBundle,
      );
      onClose();
    });
  }

  return (
    <ConfirmDialog
      title={how === 'revoke' ? 'Revoke key?' : 'Remove key?'}
      action={how === 'revoke' ? 'Revoke' : 'Remove'}
      working={working}
      problem={problem}
      onConfirm={end}
      onCancel={onClose}
    >
      <Text size="sm">
        <strong>{name}</strong> (<span className="mono">{id}</span>) {consequence(how, status === 'revoked')}
      </Text>
      <Text size="sm" c="dimmed">
        Services notice from the next bundle on that you export to them.
      </Text>
      <ReasonField reason={reason} />
    </ConfirmDialog>
  );
}

function consequence(how: Props['how'], revoked: boolean): string {
  if (how === 'revoke')
    return 'will be refused for good. It stays in the list as Revoked and cannot be made active again.';
  return revoked
    ? 'will be taken off the list. It stays refused for good, and its name becomes free.'
    : 'will be revoked and taken off the list. It is refused for good, and its name becomes free.';
}
