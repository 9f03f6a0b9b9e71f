import type { Command } from 'commander';
import { credentialNow } from '../keys/credential-now.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Credential } from '../keys/key.ts';
import { isIntact, requireKey } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import { type CommonOptions, newCommand, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { credentialJson, keyJson, keyText } from './key-output.ts';

export function keyShowCommand(io: Io): Command {
  return newCommand('show', 'Show a key with its credentials, without any secret.')
    .argument('<key>', 'key ID or service/name')
    .action((reference: string, options: CommonOptions) =>
      withSession(io, options, ({ store }) => {
        const now = io.clock();
        const { key, credentials } = store.snapshot(reader => {
          const found = requireKey(reader, reference);
          const credentials = reader.credentials(found.ref);
          return { key: { ...found, tampered: !isIntact(found, credentials) }, credentials };
        });
        print(
          io,
          options,
          {
            ...keyJson(key, now),
            credentials: credentials.map(credential => credentialJson(store, credential, now)),
          },
          [
            keyText(key, now),
            ...credentials.flatMap(credential => previousText(store, credential, now)),
          ].join('\n'),
        );
      }),
    );
}

function previousText(reader: Reader, stored: Credential, now: Seconds): readonly string[] {
  const { state, hint, graceUntil, refusedReason } = credentialNow(reader, stored, now);
  if (refusedReason === 'compromised' && stored.state === 'current')
    return [`\nIts token was signed by a compromised key and is refused: keysmith key reissue`];
  return state === 'previous'
    ? [`\nThe previous secret ${hint} is valid until ${formatTime(graceUntil ?? now)}.`]
    : [];
}
