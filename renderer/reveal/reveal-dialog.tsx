import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Reveal } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useNow } from '../ui/use-now.ts';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import { CopyField } from './copy-field.tsx';
import { LeaveReveal, type Leaving } from './leave-reveal.tsx';
import { OpensSentence } from './opens-sentence.tsx';
import classes from './reveal.module.css';
import { RevealSentences } from './reveal-sentences.tsx';
import { SaveSecret } from './save-secret.tsx';
import { SecretField } from './secret-field.tsx';

interface Props {
  readonly reveal: Reveal;
  /** What the admin is about to leave without having saved the key; null: nothing. */
  readonly leaving: Leaving | null;
  readonly onLeave: () => void;
  readonly onStay: () => void;
  readonly onEnd: () => void;
}

const TITLES = {
  created: 'Key created',
  'new-secret': 'New secret',
  rotated: 'Key rotated',
  reissued: 'Token reissued',
} as const;

/**
 * A secret that was just issued. A private key's is shown this one time, so that the dialog ends only with *I have
 * saved this key*, or after asking; a public key's can be copied again.
 */
export function RevealDialog({ reveal, leaving, onLeave, onStay, onEnd }: Props) {
  const { handle, key } = reveal;
  const [saved, setSaved] = useState(false);
  const { working, problem, run } = useWork();
  const goToBundle = useGoToBundle();
  const now = useNow(1000);
  const ended = problem?.code === 'KEY_NOT_FOUND' || problem?.code === 'KEY_REVOKED';
  const kept = key.kind === 'public';
  const gone = ended || now >= reveal.expiresAt || problem?.code === 'REVEAL_GONE';

  function confirm() {
    void run(async () => {
      await call(window.keysmith.reveal.confirm({ handle }));
      notifyNextBundle(
        `${kept ? '' : `${key.name} is saved. `}Services know ${kept ? key.name : 'it'} from the next bundle on.`,
        key.service,
        goToBundle,
      );
      onEnd();
    });
  }

  return (
    <>
      <Dialog title={TITLES[reveal.cause]} size={560} onClose={gone ? onEnd : onLeave}>
        <Stack gap={14}>
          <Text size="sm" c="dimmed">
            {kept
              ? 'Anyone may see this key: it opens only what is safe in public. “Copy key” in its menu copies it again at any time.'
              : key.format === 'jwt'
                ? 'This is the only time the token is shown. Keysmith keeps no copy of it.'
                : 'This is the only time the secret is shown. Keysmith keeps only a fingerprint of it.'}
          </Text>
          <OpensSentence keyView={key} />
          <div className={classes.names} data-both={key.format === 'jwt' || undefined}>
            {key.format === 'jwt' && <CopyField handle={handle} what="name" text={key.name} />}
            <CopyField handle={handle} what="key-id" text={key.id} />
          </div>
          {gone ? (
            <ProblemAlert
              problem={
                ended
                  ? problem
                  : {
                      message: kept
                        ? 'This dialog no longer holds the key. Close it; “Copy key” in the menu of the key copies it again.'
                        : 'Keysmith no longer holds this secret. Close this dialog; the key is marked “Not saved”, and “New secret…” in its menu replaces the secret.',
                    }
              }
            />
          ) : (
            <>
              <SecretField reveal={reveal} />
              <SaveSecret handle={handle} />
            </>
          )}
          {!gone && <RevealSentences reveal={reveal} />}
          {!gone && <ProblemAlert problem={problem} />}
        </Stack>
        <DialogFooter
          start={
            !gone &&
            !kept && (
              <Checkbox
                label="I have saved this key"
                checked={saved}
                onChange={event => setSaved(event.currentTarget.checked)}
              />
            )
          }
        >
          {gone ? (
            <Button onClick={onEnd}>Close</Button>
          ) : (
            <WorkButton working={working} disabled={!saved && !kept} onClick={confirm}>
              Done
            </WorkButton>
          )}
        </DialogFooter>
      </Dialog>
      {leaving && <LeaveReveal reveal={reveal} leaving={leaving} onStay={onStay} onLeft={onEnd} />}
    </>
  );
}
