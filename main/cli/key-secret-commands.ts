import type { Command } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { copyToken } from '../keys/copy-token.ts';
import { endGrace } from '../keys/end-grace.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Credential, Key } from '../keys/key.ts';
import { requireKey } from '../keys/look-up.ts';
import { markSaved } from '../keys/mark-saved.ts';
import { reissueKey } from '../keys/reissue-key.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import { ACCEPT_CLOCK, type CommonOptions, newCommand, print, remark, withSession } from './command.ts';
import type { Io } from './io.ts';
import { addSecretOptions, issueSecret, type SecretOptions } from './issue-secret.ts';
import { KEY_ARGUMENT, printKey } from './key-output.ts';

interface RotateOptions extends SecretOptions {
  readonly grace?: string;
  readonly acceptClock?: true;
}

export function keyRotateCommand(io: Io): Command {
  return addSecretOptions(
    newCommand(
      'rotate',
      'Give a key a new secret, printed once. The old one stays valid until its grace period ends.',
    ),
  )
    .argument(...KEY_ARGUMENT)
    .option('--grace <duration|none>', 'how long the old secret stays valid, up to 30d (default: 7d)')
    .option(...ACCEPT_CLOCK)
    .action((key: string, options: RotateOptions) =>
      withSession(io, options, ({ ports, actor, store }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const before = requireKey(store, key);
        issueSecret(io, options, handover =>
          rotateKey(ports, actor, { key, grace: options.grace, ...handover }),
        );
        const previous = store.credentials(before.ref).find(({ state }) => state === 'previous');
        remark(io, options, rotatedText(before, previous));
      }),
    );
}

/** What services take from now on. */
function rotatedText({ status, hint }: Key, previous: Credential | undefined): string {
  const from = status === 'disabled' ? 'once the key is enabled' : 'from the next bundle on';
  if (!previous) return `Services take the new secret instead of the old one ${from}.`;
  const until = formatTime(previous.graceUntil ?? 0);
  return previous.hint === hint
    ? `Services take the new secret ${from}, and the old one until ${until}.`
    : `Services take the new secret ${from}. The one it replaces was never confirmed as saved and is refused; the one before it stays valid until ${until}.`;
}

interface ReissueOptions extends SecretOptions {
  readonly acceptClock?: true;
}

export function keyReissueCommand(io: Io): Command {
  return addSecretOptions(
    newCommand(
      'reissue',
      'Sign a key’s token anew, so that it says what the key is now. The old one is refused.',
    ),
  )
    .argument(...KEY_ARGUMENT)
    .option(...ACCEPT_CLOCK)
    .action((key: string, options: ReissueOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        issueSecret(io, options, handover => reissueKey(ports, actor, { key, ...handover }));
        remark(io, options, 'Services take the new token instead of the old one from the next bundle on.');
      }),
    );
}

export function keyEndGraceCommand(io: Io): Command {
  return newCommand(
    'end-grace',
    'Refuse the previous secret of a rotated key before its grace period is over.',
  )
    .argument(...KEY_ARGUMENT)
    .action((key: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        printKey(io, options, endGrace(ports, actor, { key }));
        remark(io, options, 'Services refuse the previous secret from the next bundle on.');
      }),
    );
}

export function keyCopyCommand(io: Io): Command {
  return newCommand('copy', 'Print the token of a public key again. A private key’s secret is not kept.')
    .argument(...KEY_ARGUMENT)
    .action((key: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        const token = copyToken(ports, actor, { key });
        print(io, options, { token }, token);
      }),
    );
}

export function keySavedCommand(io: Io): Command {
  return newCommand('saved', 'Confirm that the secret of a key was kept.')
    .argument(...KEY_ARGUMENT)
    .action((key: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor }) => printKey(io, options, markSaved(ports, actor, { key }))),
    );
}
