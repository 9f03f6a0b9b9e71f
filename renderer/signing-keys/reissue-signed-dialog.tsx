import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SigningKeyView } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import { DependentKeys } from './dependent-keys.tsx';
import { KidText } from './kid-text.tsx';
import { Reissued, type ReissuedTokens, reissuedWords } from './reissued.tsx';

/** The button that was pressed is gone by then. */
const takeFocus = (button: HTMLButtonElement | null) => button?.focus();

/** Signs every token anew that depends on a key, into a file of the admin's choice. */
export function ReissueSignedDialog({
  signingKey: { kid },
  onClose,
}: {
  signingKey: SigningKeyView;
  onClose: () => void;
}) {
  const [done, setDone] = useState<ReissuedTokens | null>(null);
  const { working, problem, run } = useWork();

  function reissue() {
    void run(async () => {
      const answer = await call(window.keysmith.signingKeys.reissue({ kid }));
      if (!answer) return;
      setDone(answer);
      announce(reissuedWords(answer));
    });
  }

  return (
    <Dialog
      title={done ? 'Tokens reissued' : 'Reissue all tokens'}
      size={480}
      onClose={onClose}
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <KidText kid={kid} />
        {done ? (
          <Reissued done={done} />
        ) : (
          <>
            <Text size="sm">
              The active key signs a new token for every key that depends on this one. All of them are written
              into one file; the old tokens are refused from the next bundle on.
            </Text>
            <DependentKeys kid={kid} />
          </>
        )}
        <ProblemAlert problem={problem} />
      </Stack>
      <DialogFooter>
        {done ? (
          <Button onClick={onClose} ref={takeFocus}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <WorkButton working={working} onClick={reissue}>
              Reissue into a file…
            </WorkButton>
          </>
        )}
      </DialogFooter>
    </Dialog>
  );
}
