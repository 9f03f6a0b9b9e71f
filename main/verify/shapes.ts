export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has exactly these members, in this order. */
export function hasMembers(value: JsonRecord, members: readonly string[]): boolean {
  let count = 0;
  for (const member in value) {
    if (member !== members[count]) return false;
    count += 1;
  }
  return count === members.length;
}

/** Whether an object has exactly these members, in any order. */
export function hasMembersInAnyOrder(value: JsonRecord, members: readonly string[]): boolean {
  const names = Object.keys(value);
  return names.length === members.length && names.every(name => members.includes(name));
}

/** Whole seconds since the epoch, or any other count. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const DIGEST = /^[0-9a-f]{64}$/;
/** SHA-256 in lower-case hex. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value);
}

const ISSUER = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export function isIssuer(value: unknown): value is string {
  return typeof value === 'string' && ISSUER.test(value);
}

const SLUG = /^[a-z][a-z0-9-]{0,31}$/;
export function isSlug(value: unknown): value is string {
  return typeof value === 'string' && SLUG.test(value);
}

const KEY_ID = /^ak_[0-9A-Za-z]{16}$/;
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && KEY_ID.test(value);
}

const CREDENTIAL_ID = /^cr_[0-9A-Za-z]{16}$/;
export function isCredentialId(value: unknown): value is string {
  return typeof value === 'string' && CREDENTIAL_ID.test(value);
}

const CATALOG_ID = /^[A-Za-z0-9._:/-]{1,64}$/;
/** The ID of a permission, a role or an account. */
export function isCatalogId(value: unknown): value is string {
  return typeof value === 'string' && CATALOG_ID.test(value);
}

/** Text of one character or more, far below what anybody names a thing or an audience. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 1024;
}
