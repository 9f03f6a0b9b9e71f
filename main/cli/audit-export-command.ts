import type { Command } from 'commander';
import { createBackground } from '../exchange/background.ts';
import { exportAudit } from '../exchange/export-audit.ts';
import { type CommonOptions, newCommand, nonEmpty, print, withSession } from './command.ts';
import type { Io } from './io.ts';

interface Options extends CommonOptions {
  readonly out: string;
  readonly force?: true;
  readonly sign?: true;
}

export function auditExportCommand(io: Io): Command {
  return newCommand('export', 'Write the whole log to a file, an entry a line (NDJSON), the oldest first.')
    .requiredOption('--out <file>', 'where to (mode 0600)', nonEmpty)
    .option('--force', 'replace the file if it exists')
    .option('--sign', 'put a signature of the trust key beside the file, in <file>.jws')
    .action((options: Options) =>
      withSession(io, options, async session => {
        const run = createBackground(io.worker, session.readAccess);
        const request = { out: options.out, sign: options.sign ?? false, replace: options.force ?? false };
        const done = await io.interruptible(signal => exportAudit(session, run, request, { signal }));
        const { out, entries, head, signature } = done;
        print(
          io,
          options,
          { out, entries, head, signature },
          `Wrote ${entries} entries to ${out}${signature === null ? '' : `, and its signature to ${signature}`}.`,
        );
      }),
    );
}
