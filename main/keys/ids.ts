import { type RandomBytes, randomBase62 } from './base62.ts';

/** `ak_` and 16 base62 characters: names a key for ever, is not secret. */
export type KeyId = string & { readonly brand: 'KeyId' };
/** `cr_` and 16 base62 characters: names one credential of a key; a JWT's `jti`. */
export type CredentialId = string & { readonly brand: 'CredentialId' };
/** `im_` and 16 base62 characters: names one bulk issue. */
export type ImportId = string & { readonly brand: 'ImportId' };
/** `[a-z][a-z0-9-]{0,31}`: names a service in commands, file names and URIs. */
export type ServiceSlug = string & { readonly brand: 'ServiceSlug' };

/**
 * The number by which the store knows a thing: the sequence of the audit entry that created it.
 * Unique over all kinds of things, grows with time, never used again.
 */
export type Ref = number & { readonly brand: 'Ref' };

/** Whole seconds since the epoch, UTC. */
export type Seconds = number;
/** The one source of time; replaced in tests. */
export type Clock = () => Seconds;

const ID_LENGTH = 16;
const KEY_ID = /^ak_[0-9A-Za-z]{16}$/;

export function newKeyId(random: RandomBytes): KeyId {
  return `ak_${randomBase62(ID_LENGTH, random)}` as KeyId;
}

export function newCredentialId(random: RandomBytes): CredentialId {
  return `cr_${randomBase62(ID_LENGTH, random)}` as CredentialId;
}

export function newImportId(random: RandomBytes): ImportId {
  return `im_${randomBase62(ID_LENGTH, random)}` as ImportId;
}

export function isKeyId(text: string): text is KeyId {
  return KEY_ID.test(text);
}

export function isServiceSlug(text: string): text is ServiceSlug {
  return /^[a-z][a-z0-9-]{0,31}$/.test(text);
}
