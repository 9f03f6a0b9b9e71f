import { Button, List, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import {
  DEFAULT_ALG,
  SIGNING_ALGS,
  type SigningAlg,
  type SigningKeyView,
  type SigningPurpose,
} from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import { ALGS, PURPOSES, shortKid } from './signing-key-words.ts';

interface Props {
  readonly purpose: SigningPurpose;
  /** The key that signs now; null before the first one. */
  readonly active: SigningKeyView | null;
  readonly onClose: () => void;
}

const HAPPENS: Readonly<Record<SigningPurpose, readonly string[]>> = {
  token: [
    'A new key signs every token from now on.',
    'Tokens that the old key signed still verify, until the old key is retired.',
    'Services learn of the new key with the next bundle: export one before its tokens are used.',
  ],
  trust: [
    'A new key signs bundles, inventories and audit heads.',
    'What the old key signed still verifies, until the old key is retired.',
    'The next bundle carries the new key, vouched for by the old one: no new hand-over is needed.',
  ],
};

const FIRST: Readonly<Record<SigningPurpose, readonly string[]>> = {
  token: [
    'It signs the tokens of every service that uses JWTs.',
    'Services learn of it with the next bundle.',
  ],
  trust: [
    'It signs bundles, inventories and audit heads.',
    'Services learn of it by trust.json, which you hand over.',
  ],
};

/** Makes a new key sign, with the algorithm of the admin's choice. */
export function RotateSigningKeyDialog({ purpose, active, onClose }: Props) {
  const [alg, setAlg] = useState<SigningAlg>(active?.alg ?? DEFAULT_ALG);
  const { working, problem, run } = useWork();
  const { one } = PURPOSES[purpose];

  function rotate() {
    void run(async () => {
      const made = await call(window.keysmith.signingKeys.rotate({ purpose, alg }));
      notify(`The ${one} ${shortKid(made.kid)} signs from now on.`);
      onClose();
    });
  }

  return (
    <Dialog title={active ? `Rotate the ${one}` : `Make the first ${one}`} size={480} onClose={onClose}>
      <Stack gap="sm">
        <List size="sm" spacing={4} pr="xs">
          {(active ? HAPPENS : FIRST)[purpose].map(sentence => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <NativeSelect
          label="Algorithm"
          description="Every service must be able to verify it; most can verify ES256."
          data-autofocus
          data={SIGNING_ALGS.map(value => ({ value, label: ALGS[value] }))}
          value={alg}
          onChange={({ currentTarget: { value } }) =>
            setAlg(SIGNING_ALGS.find(each => each === value) ?? DEFAULT_ALG)
          }
        />
        <ProblemAlert problem={problem} />
      </Stack>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <WorkButton working={working} onClick={rotate}>
          {active ? 'Rotate' : 'Make key'}
        </WorkButton>
      </DialogFooter>
    </Dialog>
  );
}
