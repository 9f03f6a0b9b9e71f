import { createHash } from 'node:crypto';
import type { Reader } from '../keys/ports.ts';
import { trustDocument } from '../keys/published-keys.ts';

export interface TrustFile {
  /** The whole of `trust.json`. */
  readonly text: string;
  /** SHA-256 of the file, in groups of four hex digits: what two people compare by voice. */
  readonly fingerprint: string;
}

export function trustFile(reader: Reader): TrustFile {
  const text = `${JSON.stringify(trustDocument(reader))}\n`;
  const digest = createHash('sha256').update(text).digest('hex');
  return { text, fingerprint: digest.replace(/(.{4})(?=.)/g, '$1 ') };
}
