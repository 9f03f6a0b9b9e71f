import { createBackground } from '../exchange/background.ts';
import { exportAudit } from '../exchange/export-audit.ts';
import { auditPage } from '../keys/audit-page.ts';
import { isKeyId } from '../keys/ids.ts';
import { verifyAudit } from '../trust/verify-audit.ts';
import type { Handlers } from './answer.ts';
import { askWhere } from './ask-where.ts';
import { toEntryView } from './audit-entry-view.ts';
import type { DesktopContext } from './desktop-context.ts';

type AuditChannel = Extract<keyof Handlers, `audit:${string}`>;

/** Findings that the window lists. */
const LISTED = 1000;

export function auditVerbs(context: DesktopContext): Pick<Handlers, AuditChannel> {
  const { sessions, exports, exported, changed } = context;
  return {
    'audit:overview': () =>
      sessions.require().store.snapshot(reader => ({
        head: reader.head().seq,
        actors: reader.operators().map(({ name }) => name),
      })),
    'audit:page': ({ before, limit, text, ...filter }) =>
      sessions.require().store.snapshot(reader => {
        const subject = text !== undefined && isKeyId(text) ? { subject: text } : { text };
        const page = auditPage(reader, { ...filter, ...subject }, { before, limit });
        return { entries: page.entries.map(entry => toEntryView(reader, entry)), next: page.next };
      }),
    'audit:verify': async ({ id }) => {
      const session = sessions.require();
      const run = createBackground(context.worker, session.readAccess);
      const { findings, ...report } = await exports.run(id, watch =>
        verifyAudit(session, () => run({ kind: 'verify' }, watch)),
      );
      const listed = findings.slice(0, LISTED).map(({ subject, message }) => ({ subject, message }));
      return { ...report, findings: listed, found: findings.length };
    },
    'audit:export': async ({ id, sign }) => {
      const out = await askWhere(context, {
        title: 'Export the audit log',
        name: 'audit.ndjson',
        extension: 'ndjson',
      });
      if (out === null) return null;
      const session = sessions.require();
      const run = createBackground(context.worker, session.readAccess);
      // The dialog asked whether an existing file may go.
      const request = { out, sign, replace: true };
      const done = await exports.run(id, watch => exportAudit(session, run, request, watch));
      exported.add(done.out);
      const result = { path: done.out, entries: done.entries, signature: done.signature };
      return done.signature === null ? result : changed(result);
    },
  };
}
