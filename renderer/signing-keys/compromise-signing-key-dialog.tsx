import { Text } from '@mantine/core';
import type { SigningKeyView } from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { notify } from '../ui/notify.ts';
import { ReasonField } from '../ui/reason-field.tsx';
import { useReason } from '../ui/use-reason.ts';
import { useWork } from '../ui/use-work.ts';
import { DependentKeys } from './dependent-keys.tsx';
import { KidText } from './kid-text.tsx';
import { PURPOSES, shortKid } from './signing-key-words.ts';

interface Props {
  readonly signingKey: SigningKeyView;
  /** Called with the key as it is afterwards. */
  readonly onDone: (signingKey: SigningKeyView) => void;
  readonly onClose: () => void;
}

/** What is left to do. */
const NEXT = {
  token: 'Services refuse its tokens from the next bundle on.',
  trust: 'Hand trust.json over anew, by hand, to every service.',
} as const;

/** Asks before everything that a key signed is given up. */
export function CompromiseSigningKeyDialog({ signingKey, onDone, onClose }: Props) {
  const { kid, purpose, state } = signingKey;
  const reason = useReason();
  const { working, problem, run } = useWork();

  function mark() {
    if (reason.wrong !== null) return;
    void run(async () => {
      const request = { kid, ...reason.asked };
      const marked = await call(window.keysmith.signingKeys.compromise(request));
      notify(`The ${PURPOSES[purpose].one} ${shortKid(kid)} is marked as compromised. ${NEXT[purpose]}`);
      onDone(marked);
    });
  }

  return (
    <ConfirmDialog
      title={`Mark this ${PURPOSES[purpose].one} as compromised?`}
      action="Mark as compromised"
      working={working}
      problem={problem}
      onConfirm={mark}
      onCancel={onClose}
    >
      <KidText kid={kid} />
      {purpose === 'token' ? (
        <>
          <Text size="sm">
            <strong>Every token that it signed is refused from the next bundle on.</strong> This cannot be
            undone; the tokens can be reissued afterwards.
          </Text>
          <DependentKeys kid={kid} />
        </>
      ) : (
        <Text size="sm">
          <strong>Nothing that it signed may be believed any more,</strong> and no bundle can tell services
          so: every service needs the new trust.json by hand. This cannot be undone.
        </Text>
      )}
      {state === 'active' && (
        <Text size="sm" c="dimmed">
          A new key of the same algorithm takes its place at once.
        </Text>
      )}
      <ReasonField reason={reason} />
    </ConfirmDialog>
  );
}
