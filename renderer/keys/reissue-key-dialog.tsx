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

/** Signs a key's token anew, after asking. */
export function ReissueKeyDialog({ keyView, onRevealed, onClose }: Props) {
  const { working, problem, run } = useWork();
  return (
    <ConfirmDialog
      title="Reissue the token?"
      action="Reissue token"
      destructive={false}
      working={working}
      problem={problem}
      onConfirm={() =>
        void run(async () => onRevealed(await call(window.keysmith.keys.reissue({ key: keyView.id }))))
      }
      onCancel={onClose}
    >
      <Text size="sm">
        <strong>{keyView.name}</strong> gets a new token, which says what the key is now and is shown once.
        The old one is refused from the next bundle on.
      </Text>
    </ConfirmDialog>
  );
}
