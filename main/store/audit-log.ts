import type {
  AuditAction,
  AuditEntry,
  AuditHead,
  ChainedEntry,
  JsonObject,
  SubjectKind,
} from '../keys/audit.ts';
import { isKeyId, type Ref, type Seconds } from '../keys/ids.ts';
import type { AuditQuery, Change, Stamp } from '../keys/ports.ts';
import { fold } from '../keys/text.ts';
import type { Connection } from './connection.ts';
import { parseJson, type Row, type SqlValue } from './seals.ts';

/** What the first entry is chained to. */
export const START: AuditHead = { seq: 0, mac: Buffer.alloc(32) };

const COLUMNS = [
  'seq',
  'at',
  'actor',
  'action',
  'subject_kind',
  'subject_ref',
  'subject_id',
  'before',
  'after',
] as const;

export function auditHead({ prepare }: Connection): AuditHead {
  const row = prepare('SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1').get();
  return row ? { seq: row.seq as number, mac: row.mac as Buffer } : START;
}

/** Whether the log goes through this head: a longer log does, a shortened or rewritten one does not. */
export function logContains({ prepare }: Connection, head: AuditHead): boolean {
  if (head.seq === 0) return true;
  const row = prepare('SELECT mac FROM audit WHERE seq = ?').get(head.seq);
  return row !== undefined && head.mac.equals(row.mac as Buffer);
}

/**
 * Whether the latest restore of a backup replaced a log that ended so. That is how a restore and the head that is saved
 * elsewhere stay one, whenever a process dies between them.
 *
 * SECURITY: only an entry whose MAC holds says so, and only of the one head that was saved then: an older log that is
 * put back later replaces nothing.
 */
export function logReplaced(connection: Connection, head: AuditHead): boolean {
  const row = connection
    .prepare(
      `SELECT ${COLUMNS.join(', ')}, mac FROM audit
       WHERE subject_ref = (SELECT ref FROM installation) AND action = 'installation.restore' ORDER BY seq DESC LIMIT 1`,
    )
    .get();
  const before =
    row && connection.prepare('SELECT mac FROM audit WHERE seq = ?').get((row.seq as number) - 1);
  if (!row || !before || !entryMac(connection, before.mac as Buffer, row).equals(row.mac as Buffer))
    return false;
  return parse(row.after)?.replaces_head === headToText(head);
}

/** As the entry of a restore names the head that it replaces. */
export function headToText({ seq, mac }: AuditHead): string {
  return `${seq} ${mac.toString('hex')}`;
}

const APPEND = `INSERT INTO audit (${COLUMNS.join(', ')}, mac) VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`;

/** An entry that was just appended: its stamp, and the head that the log has now. */
export interface Appended {
  readonly stamp: Stamp;
  readonly head: AuditHead;
}

/**
 * Appends an entry, chained to the one before it.
 *
 * @param previous the newest entry, for whoever knows it: nobody else writes within a transaction
 */
export function appendEntry(
  connection: Connection,
  actor: string,
  at: Seconds,
  change: Change,
  previous = auditHead(connection),
): Appended {
  const seq = previous.seq + 1;
  const ref = change.subject.ref ?? (seq as Ref);
  const values: SqlValue[] = [
    seq,
    at,
    actor,
    change.action,
    change.subject.kind,
    ref,
    change.subject.id,
    change.before && JSON.stringify(change.before),
    change.after && JSON.stringify(change.after),
  ];
  const mac = connection.seals.chain(previous.mac, values);
  connection.prepare(APPEND).run(...values, mac);
  return { stamp: { seq, ref, brand: 'Stamp' }, head: { seq, mac } };
}

function entryMac({ seals }: Connection, previous: Buffer, row: Row): Buffer {
  return seals.chain(
    previous,
    COLUMNS.map(column => row[column] ?? null),
  );
}

/** The text as it stands inside a JSON string, looked for in whatever ASCII case; or a key's name as it is now. */
const HAS_TEXT = `(instr(lower(subject_id), lower(?)) > 0 OR instr(lower(coalesce(before, '')), lower(?)) > 0
  OR instr(lower(coalesce(after, '')), lower(?)) > 0
  OR subject_ref IN (SELECT ref FROM key WHERE name_fold = ?))`;

export function readEntries(connection: Connection, query: AuditQuery): AuditEntry[] {
  const { prepare } = connection;
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: readonly (SqlValue | undefined)[]) => {
    if (given.includes(undefined)) return;
    conditions.push(condition);
    values.push(...(given as readonly SqlValue[]));
  };
  where('subject_id = ?', query.subject);
  where('subject_ref = ?', query.ref);
  // Only a key's entries have an index, by its reference; without it, a long log would be read to its start.
  where('subject_ref = ?', refOfKey(connection, query.subject));
  // As text: SQLite takes an index of some entries only where it can see that no others are asked for.
  if (query.action === 'bundle.export') conditions.push("action = 'bundle.export'");
  else where('action = ?', query.action);
  where('actor = ?', query.actor);
  where('at >= ?', query.since);
  where('at <= ?', query.until);
  if (query.text !== undefined) {
    const inJson = JSON.stringify(query.text).slice(1, -1);
    where(HAS_TEXT, query.text, inJson, inJson, fold(query.text));
  }
  where('seq < ?', query.before);
  where('seq > ?', query.after);
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return prepare(`SELECT ${COLUMNS.join(', ')} FROM audit ${filter} ORDER BY seq DESC LIMIT ?`)
    .all(...values, query.limit)
    .map(rowToEntry);
}

/** The reference of a key that is listed or was removed. One whose row is gone has its entries all the same. */
function refOfKey({ prepare }: Connection, subject: string | undefined): number | undefined {
  if (subject === undefined || !isKeyId(subject)) return undefined;
  const row = prepare(
    'SELECT ref FROM key WHERE id = ? UNION ALL SELECT ref FROM tombstone WHERE id = ?',
  ).get(subject, subject);
  return row?.ref as number | undefined;
}

export function readChain({ prepare }: Connection, after: number, limit: number): ChainedEntry[] {
  return prepare(`SELECT ${COLUMNS.join(', ')}, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`)
    .all(after, limit)
    .map(row => ({ ...rowToEntry(row), mac: row.mac as Buffer }));
}

/** The latest time of any entry since a clock that was behind was last accepted; entries need not be in time's order. */
export function lastAuditTime({ prepare }: Connection): Seconds {
  const row = prepare(`
    SELECT at FROM audit
    WHERE seq >= coalesce((SELECT max(seq) FROM audit WHERE action = 'installation.accept-clock'), 0)
    ORDER BY at DESC LIMIT 1`).get();
  return (row?.at as Seconds | undefined) ?? 0;
}

function rowToEntry(row: Row): AuditEntry {
  return {
    seq: row.seq as number,
    at: row.at as Seconds,
    actor: row.actor as string,
    action: row.action as AuditAction,
    subject: {
      kind: row.subject_kind as SubjectKind,
      ref: row.subject_ref as Ref,
      id: row.subject_id as string,
    },
    before: parse(row.before),
    after: parse(row.after),
  };
}

function parse(json: SqlValue | undefined): JsonObject | null {
  return typeof json === 'string' ? parseJson<JsonObject>(json, {}) : null;
}

/** A place where the log does not hold. */
export interface BrokenEntry {
  readonly seq: number;
  readonly kind: 'gap' | 'mac';
}

/**
 * Walks the whole log from its start.
 *
 * @param onRow told after each entry
 * @returns how many entries there are, and the first that is missing or whose MAC does not hold
 */
export function verifyChain(
  connection: Connection,
  onRow: () => void = () => undefined,
): { entries: number; broken: BrokenEntry | undefined } {
  let previous = START;
  let broken: BrokenEntry | undefined;
  // As lists, which are what the MAC is over: a long log is walked before every bundle.
  const rows = connection.db
    .prepare<[], SqlValue[]>(`SELECT ${COLUMNS.join(', ')}, mac FROM audit ORDER BY seq`)
    .raw()
    .iterate();
  let entries = 0;
  for (const values of rows) {
    entries += 1;
    onRow();
    const mac = values.pop() as Buffer;
    const seq = values[0] as number;
    if (seq !== previous.seq + 1) broken ??= { seq: previous.seq + 1, kind: 'gap' };
    else if (!connection.seals.chain(previous.mac, values).equals(mac)) broken ??= { seq, kind: 'mac' };
    previous = { seq, mac };
  }
  return { entries, broken };
}
