/**
 * What the store needs of the vault: two keyed MACs (HMAC-SHA-256, 32 bytes) over values as `encodeFields` gives them.
 * Kept apart so that a row can never pass for an audit entry.
 */
export interface Seals {
  /** Over one row: what says which table it is of, its columns and its last audit entry. */
  seal(head: Buffer, values: readonly SqlValue[]): Buffer;
  /** Whether this is the MAC of a row, in hex of small letters. */
  isSeal(mac: string, head: Buffer, values: readonly SqlValue[]): boolean;
  /** Over one audit entry and the MAC of the entry before it. */
  chain(previous: Buffer, values: readonly SqlValue[]): Buffer;
}

export type SqlValue = string | number | bigint | Buffer | null;
export type Row = { readonly [column: string]: SqlValue };

/**
 * Writes values so that no two different lists give the same text: each with its type, strings and blobs with
 * their length in bytes.
 *
 * SECURITY: without the lengths, bytes could be moved from one column to the next under an unchanged seal.
 */
export function encodeFields(values: readonly SqlValue[]): string {
  let text = '';
  for (const value of values) {
    if (value === null) text += 'n;';
    else if (typeof value === 'string') text += `s${Buffer.byteLength(value)}:${value}`;
    else if (Buffer.isBuffer(value)) text += `b${value.length}:${value.toString('hex')}`;
    else text += `i${value};`;
  }
  return text;
}

/** Reads JSON of a row. A row edited by hand may hold anything: it is shown as tampered, and must not stop a list. */
export function parseJson<T>(text: unknown, fallback: T): T {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === typeof fallback &&
      Array.isArray(value) === Array.isArray(fallback) &&
      value !== null
      ? (value as T)
      : fallback;
  } catch {
    return fallback;
  }
}
