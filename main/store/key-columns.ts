import type { Connection } from './connection.ts';

type Statements = Pick<Connection, 'prepare'>;

/** What `flags` holds of a key: its stored status in the two lowest bits, and one bit each for what it is. */
export const STORED = { active: 0, disabled: 1, revoked: 2, mask: 3 } as const;
export const FLAG = { public: 4, hasIp: 8, unsaved: 16, listed: 32 } as const;

/** Bits that a 32-bit number holds without its sign; two of them make one mask column of the table. */
export const WORD_BITS = 31;
/** Words of a key's masks. */
export const WORDS = 4;

/** Rows of one read: other work gets its turn in between. */
const CHUNK = 10_000;
/** More changes than this share of the keys are not followed one by one: all is read anew. */
const FOLLOWED = 0.3;
const FOLLOWED_ALWAYS = 20_000;

/** Columns as they are read: arrays, because a million objects take three times as long. */
const READ = `SELECT ref, created_at, service_ref, created_by, exp_sort, secret_at,
  (CASE status WHEN 'active' THEN 0 WHEN 'disabled' THEN 1 ELSE 2 END) + (kind = 'public') * ${FLAG.public} + (has_ip <> 0) * ${FLAG.hasIp} + (unsaved <> 0) * ${FLAG.unsaved} + ${FLAG.listed},
  grants_0 & 2147483647, (grants_0 >> ${WORD_BITS}) & 2147483647, grants_1 & 2147483647, (grants_1 >> ${WORD_BITS}) & 2147483647
  FROM key`;
type Read = readonly [
  ref: number,
  createdAt: number,
  service: number,
  creator: string,
  expires: number,
  secret: number,
  flags: number,
  ...words: readonly [number, number, number, number],
];

const FIRST = Number.MIN_SAFE_INTEGER;

/** A walk that has all columns, in the order of the references unless times were edited; then the table itself. */
const WALKS: readonly {
  readonly order: string;
  readonly after: string;
  readonly start: readonly number[];
  readonly endOf: (last: Read) => readonly number[];
}[] = [
  {
    order: 'created_at, ref',
    after: '(created_at, ref) > (?, ?)',
    start: [FIRST, FIRST],
    endOf: ([ref, at]) => [at, ref],
  },
  { order: 'ref', after: 'ref > ?', start: [FIRST], endOf: ([ref]) => [ref] },
];

/** What filters ask of every key, by row: in the order of the references, those of removed keys included. */
export interface ColumnData {
  /** Rows that are in use. */
  readonly length: number;
  readonly ref: Float64Array;
  readonly flags: Uint8Array;
  readonly service: Uint32Array;
  readonly creator: Uint32Array;
  readonly expires: Float64Array;
  readonly secret: Float64Array;
  readonly words: readonly [Int32Array, Int32Array, Int32Array, Int32Array];
}

export interface KeyColumns {
  readonly data: ColumnData;
  /** Another number after each change of the data. */
  readonly version: number;
  /** Places of services, by reference, as the column `service` has them. */
  readonly services: ReadonlyMap<number, number>;
  /** Names of creators, by their place in the column `creator`. */
  readonly creators: ReadonlyMap<string, number>;
  /** The row of a key, or -1. */
  rowOf(ref: number): number;
  /**
   * Brings the columns to what the database holds now. The audit log says which keys changed; where it does not go on
   * from what was read, or the number of keys is another one, all is read anew.
   *
   * @param turn is awaited between chunks of a long read
   */
  follow(statements: Statements, turn: () => Promise<void>): Promise<void>;
}

interface Head {
  readonly seq: number;
  readonly mac: Buffer;
}

/** Columns in memory: some 45 bytes a key, without any text or secret. */
export function createKeyColumns(): KeyColumns {
  let data = allocate(0);
  let head: Head | undefined;
  let version = 0;
  /** By how many keys the counters differ from what was read: they may have been edited by hand. */
  let difference = 0;
  const services = new Map<number, number>();
  const creators = new Map<string, number>();

  const write = (at: number, [ref, _, service, creator, expires, secret, flags, ...words]: Read) => {
    data.ref[at] = ref;
    data.flags[at] = flags;
    data.service[at] = placeOf(services, service);
    data.creator[at] = placeOf(creators, creator);
    data.expires[at] = expires;
    data.secret[at] = secret;
    for (let nth = 0; nth < WORDS; nth++) (data.words[nth] as Int32Array)[at] = words[nth] as number;
  };
  const append = (row: Read) => {
    if (data.length === data.ref.length) data = allocate(Math.max(1024, data.length * 1.5), data);
    write(data.length, row);
    data.length += 1;
  };
  const rowOf = (ref: number) => {
    let low = 0;
    let high = data.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = data.ref[middle] as number;
      if (found === ref) return middle;
      if (found < ref) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };

  const countListed = () => {
    let listed = 0;
    for (let at = 0; at < data.length; at++)
      listed += ((data.flags[at] as number) & FLAG.listed) / FLAG.listed;
    return listed;
  };
  const isAscending = () => {
    for (let at = 1; at < data.length; at++)
      if ((data.ref[at] as number) <= (data.ref[at - 1] as number)) return false;
    return true;
  };
  const readAll = async (statements: Statements, turn: () => Promise<void>) => {
    head = undefined;
    const begun = readHead(statements);
    for (const { order, after, start, endOf } of WALKS) {
      data = allocate(keyCount(statements));
      const page = readRows(statements, `WHERE ${after} ORDER BY ${order} LIMIT ${CHUNK}`);
      for (let rows = page(...start); ; rows = page(...endOf(rows.at(-1) as Read))) {
        for (const row of rows) append(row);
        if (rows.length < CHUNK) break;
        await turn();
      }
      if (isAscending()) break;
    }
    // What changed while it was read is followed as any other change.
    head = begun;
  };
  /** @returns false when what was read cannot be led on to what is there now */
  const followLog = (statements: Statements, now: Head): boolean => {
    if (!head) return false;
    const known = statements.prepare('SELECT mac FROM audit WHERE seq = ?').get(head.seq)?.mac;
    if (!Buffer.isBuffer(known) || !known.equals(head.mac)) return false;
    if (now.seq - head.seq > Math.max(FOLLOWED_ALWAYS, data.length * FOLLOWED)) return false;
    const changed = statements
      .prepare("SELECT DISTINCT subject_ref AS ref FROM audit WHERE seq > ? AND subject_kind = 'key'")
      .all(head.seq)
      .map(({ ref }) => ref as number)
      .sort((a, b) => a - b);
    const readOne = readRows(statements, 'WHERE ref = ?');
    for (const ref of changed) {
      const at = rowOf(ref);
      const [row] = readOne(ref);
      if (at >= 0 && row) write(at, row);
      else if (at >= 0) data.flags[at] = 0;
      else if (row && ref > ((data.ref[data.length - 1] as number | undefined) ?? 0)) append(row);
      else if (row) return false;
    }
    head = now;
    return true;
  };

  return {
    get data() {
      return data;
    },
    get version() {
      return version;
    },
    services,
    creators,
    rowOf,
    async follow(statements, turn) {
      const now = readHead(statements);
      if (head && head.seq === now.seq && head.mac.equals(now.mac)) return;
      version += 1;
      if (followLog(statements, now) && keyCount(statements) - countListed() === difference) return;
      await readAll(statements, turn);
      if (!followLog(statements, readHead(statements)))
        throw new Error('the audit log was replaced while the keys were read');
      difference = keyCount(statements) - countListed();
    },
  };
}

function readRows({ prepare }: Statements, where: string): (...bound: readonly number[]) => readonly Read[] {
  const statement = prepare<Read>(`${READ} ${where}`).raw(true);
  return (...bound) => statement.all(...bound);
}

function allocate(size: number, before?: ColumnData): Mutable {
  const grown = <T extends { set(from: T): void }>(make: (size: number) => T, old: T | undefined): T => {
    const made = make(Math.ceil(size));
    if (old) made.set(old);
    return made;
  };
  const float = (old: Float64Array | undefined) => grown(length => new Float64Array(length), old);
  const number = (old: Uint32Array | undefined) => grown(length => new Uint32Array(length), old);
  const word = (nth: 0 | 1 | 2 | 3) => grown(length => new Int32Array(length), before?.words[nth]);
  return {
    length: before?.length ?? 0,
    ref: float(before?.ref),
    flags: grown(length => new Uint8Array(length), before?.flags),
    service: number(before?.service),
    creator: number(before?.creator),
    expires: float(before?.expires),
    secret: float(before?.secret),
    words: [word(0), word(1), word(2), word(3)],
  };
}

type Mutable = { -readonly [Name in keyof ColumnData]: ColumnData[Name] };

function placeOf<T>(places: Map<T, number>, value: T): number {
  const place = places.get(value) ?? places.size;
  if (place === places.size) places.set(value, place);
  return place;
}

function readHead({ prepare }: Statements): Head {
  const row = prepare('SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1').get();
  return {
    seq: (row?.seq as number | undefined) ?? 0,
    mac: (row?.mac as Buffer | undefined) ?? Buffer.alloc(0),
  };
}

/** As the counters have it: counting a million rows takes longer than all that is asked of them. */
function keyCount({ prepare }: Statements): number {
  return (
    (prepare("SELECT sum(keys) AS keys FROM counter WHERE field = 'kind'").get()?.keys as number | null) ?? 0
  );
}
