import { Text } from '@mantine/core';
import type { KeyView, Reveal } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useWork } from '../ui/use-work.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onRevealed: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** Replaces a secret that nobody kept, after asking. */
export function NewSecretDialog({ keyView, onRevealed, onClose }: Props) {
  const { working, problem, run } = useWork();
  return (
    <ConfirmDialog
      title="Replace the secret?"
      action="New secret"
      destructive={false}
      working={working}
      problem={problem}
      onConfirm={() =>
        void run(async () => onRevealed(await call(window.keysmith.keys.newSecret({ key: keyView.id }))))
      }
      onCancel={onClose}
    >
      <Text size="sm">
        <strong>{keyView.name}</strong> gets a new secret, which is shown once. The one that nobody confirmed
        is refused from the next bundle on.
      </Text>
    </ConfirmDialog>
  );
}
