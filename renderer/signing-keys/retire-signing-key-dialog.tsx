import { Text } from '@mantine/core';
import type { SigningKeyView } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { notify } from '../ui/notify.ts';
import { useWork } from '../ui/use-work.ts';
import { KidText } from './kid-text.tsx';
import { Retirement } from './retirement.tsx';
import { PURPOSES, shortKid } from './signing-key-words.ts';

const WHAT = {
  token:
    'It leaves the published keys with the next bundle, and nothing that it signed is accepted any more. This is refused while tokens depend on it.',
  trust:
    'It leaves the trusted keys with the next bundle. A service that has loaded no bundle since the rotation needs the trust file by hand then.',
} as const;

/** Asks before a key that signs nothing new leaves the published ones. */
export function RetireSigningKeyDialog({
  signingKey,
  onClose,
}: {
  signingKey: SigningKeyView;
  onClose: () => void;
}) {
  const { kid, purpose } = signingKey;
  const { working, problem, run } = useWork();

  function retire() {
    void run(async () => {
      await call(window.keysmith.signingKeys.retire({ kid }));
      notify(`The ${PURPOSES[purpose].one} ${shortKid(kid)} was retired.`);
      onClose();
    });
  }

  return (
    <ConfirmDialog
      title={`Retire this ${PURPOSES[purpose].one}?`}
      action="Retire"
      destructive={false}
      working={working}
      problem={problem}
      onConfirm={retire}
      onCancel={onClose}
    >
      <KidText kid={kid} />
      <Text size="sm">{WHAT[purpose]}</Text>
      <Text size="sm" c="dimmed">
        <Retirement signingKey={signingKey} />.
      </Text>
    </ConfirmDialog>
  );
}
