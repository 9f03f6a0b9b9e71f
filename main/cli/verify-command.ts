import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { formatTime, parseMoment } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { writeDurably } from '../store/durable-file.ts';
import { type Accepted, openBundle } from '../verify/index.ts';
import { nonEmpty, print, readText } from './command.ts';
import { ExitRefused, type Io } from './io.ts';

interface VerifyOptions {
  readonly json?: true;
  readonly bundle: string;
  readonly trust: string;
  readonly state?: string;
  readonly service?: string;
  readonly ip?: string;
  readonly permission?: string;
  readonly role?: string;
  readonly account?: string;
  readonly at?: Seconds;
  readonly acceptNewer?: true;
  readonly checkOnly?: true;
}

export function verifyCommand(io: Io): Command {
  return new Command('verify')
    .description(
      'Say what a service with a bundle says to the token on standard input; needs no installation.',
    )
    .requiredOption('--bundle <folder|file.zip>', 'the verification bundle', nonEmpty)
    .requiredOption('--trust <file>', 'trust.json, as it was handed over', nonEmpty)
    .option('--service <service>', 'refuse a bundle of another service')
    .option('--ip <address>', 'the address that the request comes from')
    .option('--permission <id>', 'the permission that the request needs')
    .option('--role <id>', 'the role that the request needs')
    .option('--account <id>', 'the account that the request is about; with --role')
    .option('--at <time>', 'RFC 3339 or seconds since 1970 (default: now)', parseTime)
    .option(
      '--accept-newer',
      'judge a signed token that was issued after the bundle by its signature and claims',
    )
    .option(
      '--state <file>',
      'remember the accepted bundle there, and refuse an older or another one (made when it is not there)',
      nonEmpty,
    )
    .option('--check-only', 'only check the bundle; no token is read')
    .option('--json', 'print one JSON value, and failures as JSON on stderr')
    .action(async (options: VerifyOptions, command: Command) => {
      if (options.account !== undefined && options.role === undefined)
        command.error('error: --account needs --role: a role is asked for an account.');
      const at = options.at ?? io.clock();
      const bundle = await openBundle(options.bundle, {
        trust: readText(options.trust),
        lastAccepted: options.state === undefined ? null : readState(options.state),
        at,
        ...(options.service !== undefined && { service: options.service }),
      });
      if (options.state !== undefined) keepState(options.state, bundle.accepted);
      const { service: slug, sequence: number, issuedAt, expiresAt } = bundle;
      const known = `bundle ${number} of ${slug}, to be used until ${formatTime(expiresAt)}`;
      if (options.checkOnly) {
        const json = { service: slug, sequence: number, issued_at: issuedAt, expires_at: expiresAt };
        print(io, options, json, `This is ${known}. It is signed and complete.`);
        return;
      }
      const { ip, permission, role, account } = options;
      const verdict = bundle.verify((await io.readInput()).trim(), {
        at,
        ...(ip !== undefined && { ip }),
        ...(permission !== undefined && { permission }),
        ...(role !== undefined && { role }),
        ...(account !== undefined && { account }),
        acceptNewer: options.acceptNewer ?? false,
      });
      const { valid, reason, key, service, sequence } = verdict;
      const whose = key === null ? '' : ` The key is ${key}.`;
      print(
        io,
        options,
        { valid, reason, key, service, sequence },
        `${valid ? 'Valid' : `Refused: ${reason}`} (${known}).${whose}`,
      );
      if (!valid) throw new ExitRefused();
    });
}

/** @throws FILE_UNREADABLE, BUNDLE_MALFORMED by whoever reads it */
function readState(path: string): Accepted | null {
  return existsSync(path) ? (parseState(readText(path)) as Accepted) : null;
}

/** What is no JSON is passed on as text, which the verifier refuses as it refuses any other state it cannot read. */
function parseState(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** SECURITY: kept before the verdict is given, so that a bundle that was used once cannot be rolled back. */
function keepState(path: string, accepted: Accepted): void {
  const text = `${JSON.stringify(accepted)}\n`;
  if (existsSync(path) && readText(path) === text) return;
  writeDurably(path, [text], { replace: true });
}

function parseTime(text: string): Seconds {
  const at = /^\d{1,12}$/.test(text) ? Number(text) : parseMoment(text);
  if (at !== undefined && !Number.isNaN(at)) return at;
  throw new InvalidArgumentError(
    'Allowed are times such as 2027-01-31T12:00:00Z, dates, and seconds since 1970.',
  );
}
