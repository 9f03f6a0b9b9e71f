import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { VaultKind } from '../../preload/contract.ts';
import { call, type Problem } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';

interface Props {
  readonly vault: VaultKind;
  readonly onClose: () => void;
}

const AFTERWARDS: Readonly<Record<VaultKind, string>> = {
  keychain:
    'The keychain of this system holds the master key again: whoever uses your account opens Keysmith.',
  passphrase:
    'Your passphrase becomes that of the vault: Keysmith asks for it at every start, and does not lock in between.',
};

/** Switches the lock off, once whoever sits there has proven to be the owner. */
export function LockOffDialog({ vault, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { working, problem, run } = useWork();

  function submit(event: FormEvent) {
    event.preventDefault();
    setWrong(null);
    void run(
      async () => {
        await call(window.keysmith.lock.off({ passphrase }));
        notify('The lock is off.');
        onClose();
      },
      refused => {
        if (refused.field !== 'passphrase') return false;
        setWrong(refused);
        field.current?.focus();
        return true;
      },
    );
  }

  return (
    <Dialog title="Switch the lock off" size={460} onClose={onClose} closeOnClickOutside={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{AFTERWARDS[vault]}</Text>
          <PasswordInput
            ref={field}
            label="Your passphrase"
            autoComplete="current-password"
            data-autofocus
            value={passphrase}
            error={wrong?.message}
            onChange={event => {
              setPassphrase(event.currentTarget.value);
              setWrong(null);
            }}
          />
          <ProblemAlert problem={problem} />
        </Stack>
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <WorkButton type="submit" color="red" working={working} disabled={passphrase === ''}>
            Switch off
          </WorkButton>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
