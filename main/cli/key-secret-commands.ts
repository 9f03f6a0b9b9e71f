import type { Command } from 'commander';
import { acceptClock } from '../keys/accept-clock.ts';
import { copyToken } from '../keys/copy-token.ts';
import { endGrace } from '../keys/end-grace.ts';
import { formatTime } from '../keys/expiry.ts';
import { markSaved } from '../keys/mark-saved.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import { ACCEPT_CLOCK, type CommonOptions, newCommand, print, remark, withSession } from './command.ts';
import type { Io } from './io.ts';
import { addSecretOptions, issueSecret, type SecretOptions } from './issue-secret.ts';
import { KEY_ARGUMENT, NEXT_BUNDLE, printKey } from './key-output.ts';

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
        let ref: Parameters<typeof store.credentials>[0] | undefined;
        issueSecret(io, options, handover => {
          const issued = rotateKey(ports, actor, { key, grace: options.grace, ...handover });
          ref = issued.key.ref;
          return issued;
        });
        const previous = ref === undefined ? [] : store.credentials(ref);
        const until = previous.find(({ state }) => state === 'previous')?.graceUntil ?? null;
        remark(
          io,
          options,
          until === null
            ? 'Services take the new secret instead of the old one from the next bundle on.'
            : `Services take the new secret from the next bundle on, and the old one until ${formatTime(until)}.`,
        );
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
        remark(io, options, NEXT_BUNDLE);
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
