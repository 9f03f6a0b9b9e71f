import type { Command } from 'commander';
import { KeysmithError } from '../keys/errors.ts';
import { formatTime } from '../keys/expiry.ts';
import { findKey, type KeyMatch } from '../keys/find-key.ts';
import { type Credential, credentialAt } from '../keys/key.ts';
import { toKeyRecord } from '../keys/key-json.ts';
import { type CommonOptions, newCommand, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { credentialJson, keyJson } from './key-output.ts';

export function keyFindCommand(io: Io): Command {
  return (
    newCommand(
      'find',
      'Identify the key behind a token, a fragment with its key ID, or its last four characters.',
    )
      .addHelpText(
        'after',
        '\nThe text is read from standard input, so that no secret is left in the shell’s history or the process list.',
      )
      // SECURITY: commander would repeat what was given as an argument, which is likely a token.
      .allowExcessArguments(true)
      .action((options: CommonOptions, command: Command) =>
        withSession(io, options, async ({ ports }) => {
          if (command.args.length > 0) {
            throw new KeysmithError(
              'TOKEN_INVALID',
              'The text is read from standard input and not from the command line, where others can see it.',
              { field: 'token' },
            );
          }
          const now = io.clock();
          const matches = findKey(ports, await io.readInput());
          if (matches.length === 0) {
            throw new KeysmithError(
              'KEY_NOT_FOUND',
              'No key of this installation matches what was given. Allowed are a token, a part of one that carries its key ID, or its last four characters.',
              { field: 'token' },
            );
          }
          print(
            io,
            options,
            matches.map(match => matchJson(match, now)),
            matches.map(match => matchText(match, now)).join('\n'),
          );
        }),
      )
  );
}

function matchJson({ match, proven, subject, credential }: KeyMatch, now: number) {
  const key =
    subject.kind === 'key'
      ? keyJson(subject.key, now)
      : {
          ...toKeyRecord(subject.tombstone.key, now),
          status: 'removed',
          removed_at: subject.tombstone.removedAt,
        };
  return { match, proven, key, credential: credential && credentialJson(credential, now) };
}

const PROOF: Readonly<Record<KeyMatch['match'], string>> = {
  token: 'this is the secret',
  id: 'contains the ID, not proven',
  'last-four': 'ends in these four characters, not proven',
};

function matchText({ match, subject, credential }: KeyMatch, now: number): string {
  const key = subject.kind === 'key' ? subject.key : subject.tombstone.key;
  const status =
    subject.kind === 'key'
      ? toKeyRecord(subject.key, now).status
      : `removed ${formatTime(subject.tombstone.removedAt)}`;
  const which = credential ? stateText(credentialAt(credential, now)) : '';
  return `${key.id}  ${key.service}/${key.name}  ${status}  (${PROOF[match]}${which})`;
}

function stateText({ state, graceUntil, refusedAt }: Credential): string {
  switch (state) {
    case 'current':
      return '';
    case 'previous':
      return `, previous secret, valid until ${formatTime(graceUntil ?? 0)}`;
    case 'refused':
      return `, refused since ${formatTime(refusedAt ?? 0)}`;
  }
}
