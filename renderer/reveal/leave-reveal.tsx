import { Text } from '@mantine/core';
import type { Reveal } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useWork } from '../ui/use-work.ts';

/** What is left together with a secret that nobody saved. */
export type Leaving = 'dialog' | 'window' | 'lock';

interface Props {
  readonly reveal: Reveal;
  readonly leaving: Leaving;
  readonly onStay: () => void;
  readonly onLeft: () => void;
}

/** Asks before a secret that nobody confirmed is forgotten. */
export function LeaveReveal({ reveal, leaving, onStay, onLeft }: Props) {
  const { working, problem, run } = useWork();

  function leave() {
    void run(async () => {
      try {
        await call(window.keysmith.reveal.discard({ handle: reveal.handle }));
      } catch (error) {
        // Main has forgotten it already: that is what was asked for.
        if (problemOf(error).code !== 'REVEAL_GONE') throw error;
      }
      onLeft();
    });
  }

  return (
    <ConfirmDialog
      title="Close without saving?"
      action="Close without saving"
      working={working}
      problem={problem}
      onConfirm={leave}
      onCancel={onStay}
    >
      <Text size="sm">
        The key <strong>{reveal.key.name}</strong> stays in the list as “Not saved”, and its secret cannot be
        shown again. A new secret can replace it at any time.
        {leaving === 'window' && ' Then the window closes.'}
        {leaving === 'lock' && ' Then Keysmith locks.'}
      </Text>
    </ConfirmDialog>
  );
}
