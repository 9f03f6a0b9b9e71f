import type { IssuedKey } from '../keys/create-key.ts';

/** Tokens that were reissued together, as NDJSON: `{"id","service","name","token"}` a line. */
export function writeReissued(issued: readonly IssuedKey[]): string {
  return issued
    .map(({ key: { id, service, name }, token }) => `${JSON.stringify({ id, service, name, token })}\n`)
    .join('');
}
