import { type Command, Option } from 'commander';
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import { formatTime } from '../keys/expiry.ts';
import { verifyAudit } from '../trust/verify-audit.ts';
import { type CommonOptions, newCommand, newGroup, print, withSession } from './command.ts';
import type { Io } from './io.ts';
import { positive } from './key-list-command.ts';
import { formatTable } from './table.ts';

export function auditCommand(io: Io): Command {
  return newGroup('audit', 'The log of every change.', [list(io), verify(io)]);
}

interface ListOptions extends CommonOptions {
  readonly subject?: string;
  readonly action?: AuditAction;
  readonly limit: number;
  readonly before?: number;
}

function list(io: Io): Command {
  return newCommand('list', 'List entries, the newest first.')
    .option('--subject <id>', 'only of one key (by its ID), service or other subject')
    .addOption(new Option('--action <action>').choices(AUDIT_ACTIONS))
    .option('--limit <n>', 'at most so many', positive, 100)
    .option('--before <seq>', 'only entries older than this one', positive)
    .action((options: ListOptions) =>
      withSession(io, options, ({ store }) => {
        const { subject, action, limit, before } = options;
        const entries = store.audit({
          limit,
          ...(subject !== undefined && { subject }),
          ...(action && { action }),
          ...(before !== undefined && { before }),
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
          entries.map(entryJson),
          formatTable(['SEQ', 'TIME', 'ACTOR', 'ACTION', 'SUBJECT', 'AFTER'], cells),
        );
      }),
    );
}

function entryJson({ seq, at, actor, action, subject, before, after }: AuditEntry) {
  return { seq, at, actor, action, subject: { kind: subject.kind, id: subject.id }, before, after };
}

function verify(io: Io): Command {
  return newCommand(
    'verify',
    'Check the log, its saved head, every seal and everything that is derived.',
  ).action((options: CommonOptions) =>
    withSession(io, options, async session => {
      const report = await verifyAudit(session);
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
