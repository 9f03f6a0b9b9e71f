import { deflateSync, inflateSync } from 'node:zlib';

/** How many bits a status takes in a Token Status List (draft-ietf-oauth-status-list §4.1). */
export type StatusBits = 1 | 2 | 4 | 8;

/** Statuses that Keysmith uses (draft-ietf-oauth-status-list §7.1). */
export const VALID = 0;
/** Revoked, removed, superseded or compromised. */
export const INVALID = 1;
/** Disabled: may become valid again. */
export const SUSPENDED = 2;

/** Places in one list: 2^20. */
export const STATUS_LIST_PLACES = 1 << 20;

/** A packed list in which every status is 0. */
export function emptyStatuses(bits: StatusBits, places: number): Buffer {
  return Buffer.alloc(Math.ceil((places * bits) / 8));
}

/** Sets one status in a packed list. The least significant bits of a byte come first. */
export function setStatus(packed: Buffer, bits: StatusBits, index: number, status: number): void {
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  const at = Math.floor(index / perByte);
  const byte = packed[at];
  if (byte === undefined) throw new RangeError(`The list has no place ${index}.`);
  if (!Number.isInteger(status) || status < 0 || status > mask) {
    throw new RangeError(`The status ${status} does not fit in ${bits} bits.`);
  }
  const shift = (index % perByte) * bits;
  packed[at] = (byte & ~(mask << shift)) | (status << shift);
}

/** Reads one status of a packed list; `undefined` when the list has no such place. */
export function readStatus(packed: Buffer, bits: StatusBits, index: number): number | undefined {
  const perByte = 8 / bits;
  const byte = packed[Math.floor(index / perByte)];
  return byte === undefined ? undefined : (byte >> ((index % perByte) * bits)) & ((1 << bits) - 1);
}

/** The claim `lst`: base64url of the packed list in zlib's format (RFC 1950), level 9. */
export function encodeStatuses(packed: Buffer): string {
  return deflateSync(packed, { level: 9 }).toString('base64url');
}

/**
 * The packed list that a claim `lst` carries.
 *
 * @param maxBytes SECURITY: a few kilobytes can unpack to gigabytes; unpacking stops here
 * @throws Error when it is not zlib, or longer
 */
export function decodeStatuses(lst: string, maxBytes: number): Buffer {
  return inflateSync(Buffer.from(lst, 'base64url'), { maxOutputLength: maxBytes });
}
