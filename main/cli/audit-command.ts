import { type Command, Option } from 'commander';
import { createBackground } from '../exchange/background.ts';
import { AUDIT_ACTIONS, type AuditAction } from '../keys/audit.ts';
import { toAuditRecord } from '../keys/audit-json.ts';
import { parseSince, parseUntil } from '../keys/audit-span.ts';
import { KeysmithError } from '../keys/errors.ts';
import { formatTime } from '../keys/expiry.ts';
import { verifyAudit } from '../trust/verify-audit.ts';
import { auditExportCommand } from './audit-export-command.ts';
import { type CommonOptions, newCommand, newGroup, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { positive } from './key-list-command.ts';
import { formatTable } from './table.ts';

export function auditCommand(io: Io): Command {
  return newGroup('audit', 'The log of every change.', [list(io), auditExportCommand(io), verify(io)]);
}

interface ListOptions extends CommonOptions {
  readonly subject?: string;
  readonly action?: AuditAction;
  readonly actor?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
  readonly before?: number;
}

function list(io: Io): Command {
  return newCommand('list', 'List entries, the newest first.')
    .option('--subject <id>', 'only of one key (by its ID), service or other subject')
    .addOption(new Option('--action <action>', 'only entries of one action').choices(AUDIT_ACTIONS))
    .option('--actor <operator>', 'only what this operator did')
    .option('--since <date>', 'only from then on: 2027-01-31 (UTC) or 2027-01-31T12:00:00Z')
    .option('--until <date>', 'only up to then; a date is meant to its end')
    .option('--limit <n>', 'at most so many', positive, 100)
    .option('--before <seq>', 'only entries older than this one', positive)
    .action((options: ListOptions) =>
      withSession(io, options, ({ store }) => {
        const { subject, action, actor, since, until, limit, before } = options;
        const entries = store.audit({
          limit,
          subject,
          action,
          actor,
          since: since === undefined ? undefined : parseSince(since),
          until: until === undefined ? undefined : parseUntil(until),
          before,
        });
        const cells = entries.map(({ seq, at, actor, action, subject, after }) => [
          String(seq),
          formatTime(at),
          actor,
          action,
          subject.id,
          after ? JSON.stringify(after).slice(0, 80) : '',
        ]);
        print(
          io,
          options,
          entries.map(toAuditRecord),
          formatTable(['SEQ', 'TIME', 'ACTOR', 'ACTION', 'SUBJECT', 'AFTER'], cells),
        );
      }),
    );
}

function verify(io: Io): Command {
  return newCommand(
    'verify',
    'Check the log, its saved head, every seal and everything that is derived.',
  ).action((options: CommonOptions) =>
    withSession(io, options, async session => {
      const run = createBackground(io.worker, session.readAccess);
      const report = await io.interruptible(signal =>
        verifyAudit(session, () => run({ kind: 'verify' }, { signal })),
      );
      const verdict = report.ok
        ? `The audit log holds: ${report.entries} entries, every seal is in place.`
        : report.findings.map(({ message }) => message).join('\n');
      print(io, options, report, verdict);
      if (!report.ok) {
        throw new KeysmithError(
          'TAMPERED',
          `The verification found ${report.findings.length} ${report.findings.length === 1 ? 'thing that does' : 'things that do'} not hold.`,
        );
      }
    }),
  );
}
