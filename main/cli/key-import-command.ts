import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { createBackground } from '../exchange/background.ts';
import { type CheckedImport, checkImportFile, endImportEarly, importKeys } from '../exchange/import-keys.ts';
import type { ImportEnded, ImportPhase, Progress } from '../exchange/jobs.ts';
import { createPace, type Pace } from '../exchange/pace.ts';
import { acceptClock } from '../keys/accept-clock.ts';
import { KeysmithError } from '../keys/errors.ts';
import { IMPORT_COLUMNS } from '../keys/key-import.ts';
import {
  ACCEPT_CLOCK,
  type CommonOptions,
  newCommand,
  nonEmpty,
  print,
  remark,
  withSession,
} from './command.ts';
import { ExitRefused, type Io } from './io.ts';

interface ImportOptions extends CommonOptions {
  readonly service: string;
  readonly out?: string;
  readonly recipient?: string;
  readonly resume?: true;
  readonly check?: true;
  readonly end?: true;
  readonly acceptClock?: true;
}

export function keyImportCommand(io: Io): Command {
  return newCommand(
    'import',
    `Issue a key for each row of a CSV file; all of it is checked first. Its first line names the columns, of: ${IMPORT_COLUMNS.join(', ')}. Only name is required.`,
  )
    .argument('[file]', 'left out with --end alone')
    .requiredOption('--service <service>', 'what the keys open')
    .option('--out <file>', 'the new file that takes the secrets (mode 0600)', nonEmpty)
    .option('--recipient <age1…>', 'encrypt the secrets to a recipient of age', nonEmpty)
    .option('--resume', 'go on with an import that was cancelled or cut short, with the same files')
    .option('--end', 'end an import early: what is issued stays, and its secrets go where they were to go')
    .option('--check', 'check the file, and issue nothing')
    .option(...ACCEPT_CLOCK)
    .hook('preAction', command => {
      const { check, end, out, resume, recipient } = command.opts<ImportOptions>();
      if ((command.args[0] === undefined) !== (end ?? false))
        command.error('error: a file is needed, or --end with the file of secrets alone');
      if (end && (check ?? resume ?? recipient) !== undefined)
        command.error('error: --end issues nothing, and takes neither --check, --recipient nor --resume');
      if (check === undefined && out === undefined) command.error('error: --out is needed, or --check');
      if (check && (out ?? resume ?? recipient) !== undefined)
        command.error('error: --check issues nothing, and takes neither --out, --recipient nor --resume');
    })
    .action((file: string | undefined, options: ImportOptions) =>
      withSession(io, options, async session => {
        if (options.acceptClock && !options.check) acceptClock(session.ports, session.actor);
        const run = createBackground(io.worker, session.readAccess);
        const { service, out, recipient, resume } = options;
        const shown = progressLine(io, options);
        try {
          await io.interruptible(async signal => {
            const watch = { signal, onProgress: shown.show };
            if (file === undefined) {
              const ended = await endImportEarly(session, run, { service, out: out ?? '' }, watch);
              shown.end();
              return print(io, options, ended, endedText(ended, resolve(out ?? '')));
            }
            const checked = await checkImportFile(session, run, { file, service, resume }, watch);
            shown.end();
            if (options.check) return tellChecked(io, options, checked);
            listMistakes(io, options, checked);
            const done = await importKeys(
              session,
              run,
              checked,
              { out: resolve(out ?? ''), recipient, resume },
              watch,
            );
            shown.end();
            print(
              io,
              options,
              done,
              `Issued ${keys(done.issued)}${done.issued < done.rows ? `; all ${done.rows} of the file exist now` : ''}. Their secrets are in ${done.out}${done.recipient === null ? '' : ', encrypted'}.`,
            );
            remark(io, options, 'Services know the keys from the next bundle on.');
          });
        } catch (error) {
          shown.end();
          throw file === undefined ? error : withHint(error, file, options);
        }
      }),
    );
}

function endedText({ done, rows }: ImportEnded, out: string): string {
  return `Ended with ${done} of ${keys(rows)} issued. Their secrets are in ${out}; nothing more of that file is issued.`;
}

const keys = (count: number) => `${count} ${count === 1 ? 'key' : 'keys'}`;

function tellChecked(io: Io, options: ImportOptions, checked: CheckedImport): void {
  const { rows, mistakes, mistakeCount, sha256, unfinished } = checked;
  if (options.json) {
    const done = unfinished && { done: unfinished.done, rows: unfinished.rows, out: unfinished.out };
    io.out(`${JSON.stringify({ rows, sha256, mistakes, mistake_count: mistakeCount, unfinished: done })}\n`);
  } else if (mistakeCount === 0) {
    io.out(`${basename(checked.file)} asks for ${keys(rows)} and has no mistake. Nothing was issued.\n`);
  } else io.out(`${mistakeText(checked)}\n`);
  if (mistakeCount > 0) throw new ExitRefused();
}

function listMistakes(io: Io, options: ImportOptions, checked: CheckedImport): void {
  if (checked.mistakeCount > 1) remark(io, options, mistakeText(checked));
}

function mistakeText({ mistakes, mistakeCount }: CheckedImport): string {
  const lines = mistakes.map(
    ({ line, column, message }) => `line ${line}${column === null ? '' : `, ${column}`}: ${message}`,
  );
  if (mistakeCount > mistakes.length) lines.push(`… and ${mistakeCount - mistakes.length} more.`);
  return lines.join('\n');
}

/** Where an import was stopped, the words of this command for going on. */
function withHint(error: unknown, file: string, { service, out }: ImportOptions): unknown {
  if (!(error instanceof KeysmithError) || out === undefined) return error;
  if (!/^(CANCELLED|IMPORT_STOPPED|IMPORT_UNFINISHED)$/.test(error.code) || !/issued/.test(error.message))
    return error;
  const { code, message, field } = error;
  return new KeysmithError(
    code,
    `${message} To resume: keysmith key import ${file} --service ${service} --out ${out} --resume`,
    { cause: error, ...(field !== undefined && { field }) },
  );
}

const DOING: Readonly<Record<ImportPhase, string>> = {
  checking: 'Checking the file',
  issuing: 'Issuing keys',
  indexing: 'Indexing their texts',
  encrypting: 'Encrypting their secrets',
};

/** Milliseconds between two lines. */
const OFTEN = 200;

/** One line on the terminal that is written over; nothing where nobody looks. */
function progressLine(io: Io, { json }: ImportOptions) {
  const isShown = !json && io.ask !== undefined;
  const paceOf = createPace();
  let width = 0;
  let last = 0;
  const write = (text: string) => {
    io.err(`\r${text.padEnd(width)}`);
    width = text.length;
  };
  return {
    show(progress: Progress): void {
      const pace = paceOf(progress);
      const now = performance.now();
      if (!isShown || now - last < OFTEN) return;
      last = now;
      write(progressText(progress, pace));
    },
    end(): void {
      if (width === 0) return;
      write('');
      io.err('\r');
      width = 0;
      last = 0;
    },
  };
}

function progressText({ phase, done, total }: Progress, { perSecond, secondsLeft }: Pace): string {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const parts = [`${DOING[phase ?? 'issuing']}: ${percent} %`];
  if (phase === 'issuing') parts.push(`${done} of ${total}`);
  if (phase === 'issuing' && perSecond !== null) parts.push(`${Math.round(perSecond)} a second`);
  if (secondsLeft !== null) parts.push(`${timeText(secondsLeft)} left`);
  return parts.join(', ');
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
