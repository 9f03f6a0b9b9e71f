import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { writeReissued } from '../exchange/reissued-tokens.ts';
import { trustFile } from '../exchange/trust-file.ts';
import { acceptClock } from '../keys/accept-clock.ts';
import { compromiseSigningKey } from '../keys/compromise-signing-key.ts';
import { ensureSigningKey } from '../keys/ensure-signing-key.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Reader } from '../keys/ports.ts';
import { tokenJwks } from '../keys/published-keys.ts';
import { reissueSigned, walkSigned } from '../keys/reissue-signed.ts';
import { requireSigningKey } from '../keys/require-signing-key.ts';
import { retireSigningKey } from '../keys/retire-signing-key.ts';
import { rotateSigningKey } from '../keys/rotate-signing-key.ts';
import {
  SIGNING_ALGS,
  SIGNING_PURPOSES,
  type SigningAlg,
  type SigningKey,
  type SigningPurpose,
} from '../keys/signing-key.ts';
import {
  ACCEPT_CLOCK,
  type CommonOptions,
  newCommand,
  newGroup,
  nonEmpty,
  print,
  remark,
  withSession,
} from './command.ts';
import type { Io } from './io.ts';
import { issueInto, newSecretFile } from './secret-file.ts';
import { formatFields, formatTable } from './table.ts';

const KID = ['<kid>', 'key ID (kid) or its beginning'] as const;

export function signingKeyCommand(io: Io): Command {
  return newGroup('signing-key', 'The keys that sign tokens, and those that sign bundles.', [
    list(io),
    show(io),
    rotate(io),
    compromise(io),
    retire(io),
    reissue(io),
    jwks(io),
    trust(io),
  ]);
}

interface PurposeOptions extends CommonOptions {
  readonly purpose?: SigningPurpose;
}

function purposeOption(): Option {
  return new Option(
    '--purpose <purpose>',
    'token keys sign JWTs, trust keys sign what leaves as files',
  ).choices(SIGNING_PURPOSES);
}

function list(io: Io): Command {
  return newCommand('list', 'List the signing keys.')
    .addOption(purposeOption())
    .action((options: PurposeOptions) =>
      withSession(io, options, ({ store }) => {
        const now = io.clock();
        const keys = store
          .signingKeys()
          .filter(({ purpose }) => options.purpose === undefined || purpose === options.purpose);
        const rows = keys.map(key => [
          key.tampered ? 'TAMPERED' : key.state,
          key.purpose,
          key.alg,
          key.kid,
          formatTime(key.createdAt).slice(0, 10),
          String(store.signedBy(key.ref, now).live),
        ]);
        const text =
          rows.length === 0
            ? 'There is none yet: the first one is made when it is needed.'
            : formatTable(['STATE', 'PURPOSE', 'ALG', 'KID', 'CREATED', 'LIVE TOKENS'], rows);
        print(
          io,
          options,
          keys.map(key => signingKeyJson(store, key, now)),
          text,
        );
      }),
    );
}

function show(io: Io): Command {
  return newCommand('show', 'Show a signing key and the keys whose tokens depend on it.')
    .argument(...KID)
    .action((kid: string, options: CommonOptions) =>
      withSession(io, options, ({ store }) =>
        printSigningKey(io, options, store, requireSigningKey(store, kid)),
      ),
    );
}

interface RotateOptions extends CommonOptions {
  readonly purpose: SigningPurpose;
  readonly alg?: SigningAlg;
}

function rotate(io: Io): Command {
  return newCommand('rotate', 'Sign with a new key from now on. What the old one signed still verifies.')
    .addOption(purposeOption().default('token'))
    .addOption(
      new Option('--alg <alg>', 'default: as the one before, ES256 for the first').choices(SIGNING_ALGS),
    )
    .action((options: RotateOptions) =>
      withSession(io, options, async ({ ports, actor, store }) => {
        const key = await rotateSigningKey(ports, actor, { purpose: options.purpose, alg: options.alg });
        printSigningKey(io, options, store, key);
        remark(
          io,
          options,
          options.purpose === 'trust'
            ? 'Services learn of it from the next bundle, which the old key signs. Nothing needs to be handed over.'
            : 'Services learn of it from the next bundle: export one before tokens that it signed are used.',
        );
      }),
    );
}

interface ReasonOptions extends CommonOptions {
  readonly reason?: string;
}

function compromise(io: Io): Command {
  return newCommand(
    'compromise',
    'Say that somebody else may have a signing key: nothing it signed holds any more.',
  )
    .argument(...KID)
    .option('--reason <text>', 'kept in the log')
    .action((kid: string, options: ReasonOptions) =>
      withSession(io, options, async ({ ports, actor, store }) => {
        const key = await compromiseSigningKey(ports, actor, { kid, reason: options.reason });
        printSigningKey(io, options, store, key);
        remark(
          io,
          options,
          key.purpose === 'trust'
            ? 'Hand the new trust file to every service, by hand: keysmith signing-key trust. Bundles that the old key signed must not be accepted any more.'
            : store.signedBy(key.ref, io.clock()).live === 0
              ? 'No token depends on it.'
              : `Services refuse these tokens from the next bundle on. Replace them: keysmith signing-key reissue --out FILE -- ${key.kid}`,
        );
      }),
    );
}

function retire(io: Io): Command {
  return newCommand(
    'retire',
    'Take a key that signs nothing new out of the published ones, once nothing depends on it.',
  )
    .argument(...KID)
    .action((kid: string, options: CommonOptions) =>
      withSession(io, options, ({ ports, actor, store }) =>
        printSigningKey(io, options, store, retireSigningKey(ports, actor, { kid })),
      ),
    );
}

interface ReissueOptions extends CommonOptions {
  readonly acceptClock?: true;
  readonly out: string;
}

function reissue(io: Io): Command {
  return newCommand('reissue', 'Sign every token anew that depends on a signing key.')
    .argument(...KID)
    .requiredOption(
      '--out <file>',
      'a new file (mode 0600) for the tokens: one JSON object a line, {"id","service","name","token"}',
      nonEmpty,
    )
    .option(...ACCEPT_CLOCK)
    .action((kid: string, options: ReissueOptions) =>
      withSession(io, options, ({ ports, actor }) => {
        if (options.acceptClock) acceptClock(ports, actor);
        const out = newSecretFile(resolve(options.out));
        const done = issueInto(out, () =>
          reissueSigned(ports, actor, { kid, keep: issued => out.keep(writeReissued(issued)) }),
        );
        print(
          io,
          options,
          { ...done, out: done.reissued > 0 ? out.path : null },
          done.reissued > 0
            ? `Reissued ${done.reissued} tokens; they are in ${out.path}.`
            : 'There was nothing to reissue.',
        );
        if (done.ended > 0)
          remark(
            io,
            options,
            `${done.ended} keys had another token already; their previous one was refused.`,
          );
        for (const { id, name, code } of done.skipped)
          remark(io, options, `Passed over ${id} (${name}): ${code}`);
      }),
    );
}

function jwks(io: Io): Command {
  return newCommand('jwks', 'Print the public token keys as a JSON Web Key Set.').action(
    (options: CommonOptions) =>
      withSession(io, options, ({ store }) => {
        const set = tokenJwks(store);
        print(io, options, set, JSON.stringify(set, null, 2));
      }),
  );
}

function trust(io: Io): Command {
  return newCommand(
    'trust',
    'Print trust.json: the public trust keys, which a service gets once, by hand. Its fingerprint goes to stderr.',
  ).action((options: CommonOptions) =>
    withSession(io, options, ({ ports, actor, store }) => {
      ensureSigningKey(ports, actor, 'trust');
      // The bytes that the fingerprint is of: the same with and without --json.
      const { text, fingerprint } = trustFile(store);
      io.out(text);
      remark(io, options, `Fingerprint: ${fingerprint}`);
    }),
  );
}

const SHOWN = 1000;

function printSigningKey(io: Io, options: CommonOptions, reader: Reader, key: SigningKey): void {
  const now = io.clock();
  const dependent = [];
  for (const each of walkSigned(reader, key.ref, now)) {
    dependent.push({ id: each.id, service: each.service, name: each.name });
  }
  const { live, lastEnds } = reader.signedBy(key.ref, now);
  const fields = formatFields([
    ['Key ID', key.kid],
    ['Purpose', key.purpose],
    ['Algorithm', key.alg],
    ['State', key.tampered ? 'TAMPERED' : key.state],
    ['Created', `${formatTime(key.createdAt)} by ${key.createdBy}`],
    ...(key.rotatedAt === null ? [] : ([['Rotated', formatTime(key.rotatedAt)]] as const)),
    ...(key.endedAt === null ? [] : ([['Ended', formatTime(key.endedAt)]] as const)),
    ['Live tokens', String(live)],
    ...(live === 0 || key.state === 'compromised'
      ? []
      : ([
          [
            'Safe to retire',
            lastEnds === null ? 'not before some are reissued' : `from ${formatTime(lastEnds)}`,
          ],
        ] as const)),
  ]);
  const rows = dependent.slice(0, SHOWN).map(({ id, service, name }) => [id, service, name]);
  const table = rows.length === 0 ? [] : [formatTable(['KEY ID', 'SERVICE', 'NAME'], rows)];
  print(
    io,
    options,
    { ...signingKeyJson(reader, key, now), keys: dependent },
    [fields, ...table].join('\n\n'),
  );
}

function signingKeyJson(reader: Reader, key: SigningKey, now: Seconds) {
  const { live, lastEnds } = reader.signedBy(key.ref, now);
  return {
    kid: key.kid,
    purpose: key.purpose,
    alg: key.alg,
    state: key.state,
    created_at: key.createdAt,
    created_by: key.createdBy,
    rotated_at: key.rotatedAt,
    ended_at: key.endedAt,
    live_tokens: live,
    last_ends: lastEnds,
    tampered: key.tampered,
  };
}
