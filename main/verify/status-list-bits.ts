/** The values of an entry with two bits (IETF draft-ietf-oauth-status-list, section 7.1). */
export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

export type StatusBits = 1 | 2 | 4 | 8;

/** The bytes of a list whose entries all have one value. */
export function statusListBytes(entries: number, bits: StatusBits, value: number): Uint8Array {
  let byte = 0;
  for (let shift = 0; shift < 8; shift += bits) byte |= value << shift;
  return new Uint8Array(Math.ceil((entries * bits) / 8)).fill(byte);
}

/** Sets an entry: the least significant bits of a byte come first. */
export function setStatus(bytes: Uint8Array, bits: StatusBits, index: number, value: number): void {
  const at = Math.floor((index * bits) / 8);
  const shift = (index * bits) % 8;
  const mask = ((1 << bits) - 1) << shift;
  bytes[at] = ((bytes[at] ?? 0) & ~mask) | (value << shift);
}

/** Reads an entry. @returns undefined past the end */
export function statusAt(bytes: Uint8Array, bits: StatusBits, index: number): number | undefined {
  const byte = bytes[Math.floor((index * bits) / 8)];
  return byte === undefined ? undefined : (byte >> ((index * bits) % 8)) & ((1 << bits) - 1);
}
