import { z } from 'zod';
import { deriveKey, MASTER_KEY_LENGTH } from './derived-keys.ts';

/** The keys an installation works with, 32 bytes each. What an operator was not given is null. */
export interface Secrets {
  /** Seals rows. */
  readonly seal: Buffer;
  /** Chains the audit log. */
  readonly audit: Buffer;
  /** Encrypts the tokens of public keys. */
  readonly tokens: Buffer | null;
  /** Encrypts the private halves of signing keys; another one in each wrapping generation. */
  readonly signing: Buffer | null;
  /** The age identity with which owners wrap the secrets for other operators; null before the first wrapping. */
  readonly owner: string | null;
  /** Its recipient, which everybody is given, under the same seal as the rest: what a row says of it is not believed. */
  readonly recipient: string | null;
  /**
   * What the vault adds to the passphrases of this generation: 32 bytes, or none where passphrases protect alone. Null
   * before the first wrapping. Never wrapped itself; a backup has it.
   */
  readonly part: Buffer | null;
}

const key = z
  .base64url()
  .transform(text => Buffer.from(text, 'base64url'))
  .refine(bytes => bytes.length === MASTER_KEY_LENGTH);

const packedSchema = z.strictObject({
  format: z.literal('keysmith-secrets/1'),
  seal: key,
  audit: key,
  tokens: key.nullable(),
  signing: key.nullable(),
  owner: z.string().nullable(),
  recipient: z.string().nullable(),
  part: z
    .base64url()
    .transform(text => Buffer.from(text, 'base64url'))
    .nullable(),
});

/**
 * What a wrapped key or a backup holds, or the vault of an installation that never wrapped anything: 32 bytes are the
 * master key, from which the keys follow; anything else is what {@link packSecrets} gave.
 *
 * @returns undefined when it is neither
 */
export function openSecrets(packed: Buffer): Secrets | undefined {
  if (packed.length === MASTER_KEY_LENGTH) {
    return {
      seal: deriveKey(packed, 'seal'),
      audit: deriveKey(packed, 'audit'),
      tokens: deriveKey(packed, 'tokens'),
      signing: deriveKey(packed, 'signing'),
      owner: null,
      recipient: null,
      part: null,
    };
  }
  try {
    return packedSchema.parse(JSON.parse(packed.toString()));
  } catch {
    // SECURITY: no reason is given: it could repeat what is inside.
    return undefined;
  }
}

export function packSecrets({ seal, audit, tokens, signing, owner, recipient, part }: Secrets): Buffer {
  const text = (bytes: Buffer | null) => bytes?.toString('base64url') ?? null;
  return Buffer.from(
    JSON.stringify({
      format: 'keysmith-secrets/1',
      seal: text(seal),
      audit: text(audit),
      tokens: text(tokens),
      signing: text(signing),
      owner,
      recipient,
      part: text(part),
    }),
  );
}

/** Overwrites the keys; the text of the identity is left to the garbage collector. */
export function forgetSecrets({ seal, audit, tokens, signing, part }: Secrets): void {
  for (const bytes of [seal, audit, tokens, signing, part]) bytes?.fill(0);
}
