import { Command, CommanderError } from 'commander';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import { SIGNED_TOKENS_IN_TEXT, TOKENS_IN_TEXT } from '../keys/token-patterns.ts';
import { BundleError } from '../verify/index.ts';
import { auditCommand } from './audit-command.ts';
import { backupCommand } from './backup-command.ts';
import { demoCommand } from './demo-command.ts';
import { exportCommand } from './export-command.ts';
import { initCommand } from './init-command.ts';
import { ExitRefused, type Io, OutputClosed } from './io.ts';
import { keyCommand } from './key-command.ts';
import { lockCommand } from './lock-command.ts';
import { operatorCommand } from './operator-command.ts';
import { restoreCommand } from './restore-command.ts';
import { serviceCommand } from './service-command.ts';
import { signingKeyCommand } from './signing-key-command.ts';
import { vaultCommand } from './vault-command.ts';
import { verifyCommand } from './verify-command.ts';

declare const __VERSION__: string;

/** What the process says to its caller. */
export const EXIT = { done: 0, refused: 1, usage: 2, bundleRefused: 3 } as const;

/**
 * Runs one command line.
 *
 * @param argv what follows the program's name
 * @returns the exit code: 0 done, 1 refused, 2 wrong usage, 3 a bundle or file refused
 */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const asJson = argv.includes('--json');
  const program = buildProgram(io);
  if (asJson) leaveWrongUsage(program);
  try {
    await program.parseAsync(withDashedKids(argv), { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof OutputClosed || error instanceof ExitRefused) return EXIT.refused;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.done;
      // Without JSON, and where it is the help that was printed, it has been said.
      if (asJson && error.code !== 'commander.help') io.err(jsonOf(wrongUsage(error)));
      return EXIT.usage;
    }
    const failure = failureOf(error);
    if (!failure) throw error;
    io.err(
      asJson
        ? jsonOf(failure)
        : `keysmith: ${failure.message} [${failure.code}${failure.field ? `, ${failure.field}` : ''}]\n`,
    );
    return error instanceof BundleError ? EXIT.bundleRefused : EXIT.refused;
  }
}

/** A key ID (RFC 7638, 43 characters of base64url) may begin with a hyphen: it is no option for that. */
function withDashedKids(argv: readonly string[]): string[] {
  const isKid = (text: string) => argv[0] === 'signing-key' && /^-[\w-]{42}$/.test(text);
  if (argv.includes('--') || !argv.some(isKid)) return [...argv];
  return [...argv.filter(text => !isKid(text)), '--', ...argv.filter(isKid)];
}

/** What is said of a command line that is not done. */
type Said = Omit<Failure, 'code'> & { readonly code: string };

function jsonOf(failure: Said): string {
  return `${JSON.stringify({ error: { ...failure, field: failure.field ?? null } })}\n`;
}

/** What is said of an expected failure; undefined for any other. A refused bundle names its file as the field. */
function failureOf(error: unknown): Said | undefined {
  if (error instanceof KeysmithError) return error.toFailure();
  if (!(error instanceof BundleError)) return undefined;
  const { code, message, file } = error;
  return { code, message, ...(file !== null && { field: file }) };
}

function wrongUsage({ message }: CommanderError): Said {
  return { code: 'USAGE', message: withoutTokens(message.replace(/^error: /, '')) };
}

/** The whole command line; also what its documentation is made from. */
export function buildProgram(io: Io): Command {
  const program = new Command('keysmith')
    .description('Issue and govern API keys, offline.')
    .version(typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0')
    .showHelpAfterError('(--help shows what is allowed)');
  for (const make of [
    initCommand,
    serviceCommand,
    keyCommand,
    signingKeyCommand,
    auditCommand,
    exportCommand,
    verifyCommand,
    operatorCommand,
    lockCommand,
    backupCommand,
    restoreCommand,
    vaultCommand,
  ]) {
    program.addCommand(make(io));
  }
  program.addCommand(demoCommand(io, runCli));
  settle(program, io);
  return program;
}

/** Commander passes these settings on only to commands it makes itself. */
function settle(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: text => io.out(text),
    writeErr: text => io.err(withoutTokens(text)),
  });
  for (const child of command.commands) settle(child, io);
}

/** Has commander say nothing of a wrong usage: it is said as JSON, once it is caught. */
function leaveWrongUsage(command: Command): void {
  command.showHelpAfterError(false).configureOutput({ outputError: () => undefined });
  for (const child of command.commands) leaveWrongUsage(child);
}

/** SECURITY: commander repeats what it cannot place, which may be a token. */
function withoutTokens(text: string): string {
  return text.replace(TOKENS_IN_TEXT, '[token]').replace(SIGNED_TOKENS_IN_TEXT, '[token]');
}
