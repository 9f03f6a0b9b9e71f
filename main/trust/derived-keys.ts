import { createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { encodeFields, type Seals, type SqlValue } from '../store/seals.ts';
import { writeFields } from '../store/write-fields.ts';
import { hmacSha256 } from './hmac-sha256.ts';

/** The secret from which every other key of an installation follows: 32 random bytes. */
export const MASTER_KEY_LENGTH = 32;

/** What the master key is used for, each with its HKDF `info` label. A label is never used twice. */
const LABELS = {
  check: 'keysmith/1/check',
  seal: 'keysmith/1/seal',
  audit: 'keysmith/1/audit',
  tokens: 'keysmith/1/tokens',
  signing: 'keysmith/1/signing-keys',
} as const;

/** HKDF-SHA-256 (RFC 5869) without salt: the master key is uniformly random already. 32 bytes. */
export function deriveKey(masterKey: Buffer, use: keyof typeof LABELS): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), LABELS[use], 32));
}

/** What the database keeps to recognise what its vault holds. Nothing else follows from it. */
export function keyCheckOf(masterKey: Buffer): Buffer {
  return deriveKey(masterKey, 'check');
}

export function isMasterKey(masterKey: Buffer, keyCheck: Buffer): boolean {
  return timingSafeEqual(keyCheckOf(masterKey), keyCheck);
}

/** The keys that seal rows and chain the audit log. Nothing can be decrypted or signed with them. */
export interface SealKeys {
  readonly seal: KeyObject;
  readonly audit: KeyObject;
}

/** Key objects, made once: Node would otherwise make one from the bytes for every row. */
export function createSealKeys({ seal, audit }: { readonly seal: Buffer; readonly audit: Buffer }): SealKeys {
  return { seal: createSecretKey(seal), audit: createSecretKey(audit) };
}

/** Seals, and what overwrites the keys that they were made ready with: nothing is sealed any more then. */
export interface ForgettableSeals extends Seals {
  forget(): void;
}

export function createSeals({ seal: sealKey, audit: auditKey }: SealKeys): ForgettableSeals {
  const seal = macOfFields(sealKey);
  const chain = macOfFields(auditKey);
  return {
    seal: (head, values) => seal.of(head, values),
    isSeal: (mac, head, values) => seal.hexOf(head, values) === mac,
    chain: (previous, values) => chain.of(previous, values),
    forget() {
      seal.forget();
      chain.forget();
    },
  };
}

/** HMAC-SHA-256 over what comes before, and values as `encodeFields` gives them. */
function macOfFields(key: KeyObject) {
  const mac = hmacSha256(key);
  /** Writes them in place; undefined when they are too long: a database whose checks were taken out may hold anything. */
  const write = (previous: Buffer, values: readonly SqlValue[]): number | undefined => {
    if (previous.length > mac.message.length) return undefined;
    mac.message.set(previous);
    return writeFields(values, mac.message, previous.length);
  };
  const ofLong = (previous: Buffer, values: readonly SqlValue[]) =>
    mac.of(previous, Buffer.from(encodeFields(values)));
  return {
    of(previous: Buffer, values: readonly SqlValue[]): Buffer {
      const length = write(previous, values);
      return length === undefined ? ofLong(previous, values) : mac.ofMessage(length);
    },
    hexOf(previous: Buffer, values: readonly SqlValue[]): string {
      const length = write(previous, values);
      return length === undefined ? ofLong(previous, values).toString('hex') : mac.hexOfMessage(length);
    },
    forget: mac.forget,
  };
}
