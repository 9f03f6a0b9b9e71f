/** Verifies every token of a set of opaque keys against its bundle, and measures how fast that is. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tokenChecksum } from '../../../main/keys/opaque-token.ts';
import { openBundle } from '../../../main/verify/open-bundle.ts';
import { requireRight } from '../benchmark.ts';
import { readSecrets } from '../read-secrets.ts';
import { takeTurns } from '../statistics.ts';
import { answer } from './answer.ts';
import { rateOf } from './rate-of.ts';

export interface VerifyInput {
  readonly bundle: string;
  readonly trust: string;
  readonly secrets: string;
  readonly rounds: number;
}

export interface VerifyOutput {
  /** Tokens that were looked at, one by one. */
  readonly verified: number;
  /** Opening the bundle, in milliseconds. */
  readonly openMs: number;
  /** Of the work and of its reference, a second, round by round. */
  readonly rates: { readonly work: readonly number[]; readonly reference: readonly number[] };
}

await answer(async ({ bundle: path, trust, secrets, rounds }: VerifyInput): Promise<VerifyOutput> => {
  const start = performance.now();
  const bundle = await openBundle(path, { trust: readFileSync(trust, 'utf8') });
  const openMs = performance.now() - start;
  const tokens: string[] = [];
  for (const { id, secret } of await readSecrets(secrets)) {
    const { valid, key } = bundle.verify(secret);
    requireRight(valid && key === id, `the token of ${id} is not valid, or another key’s`);
    const { reason } = bundle.verify(withOtherSecret(secret));
    requireRight(reason === 'unknown', `another token of ${id} is ${reason ?? 'valid'}, not unknown`);
    tokens.push(secret);
  }
  const rates = await takeTurns(
    rounds,
    async () => rateOf(tokens, token => bundle.verify(token).valid),
    async () => rateOf(tokens, token => hash('sha256', token, 'buffer').length === 32),
  );
  return { verified: tokens.length, openMs, rates };
});

/** A token that was never issued, of the same key, whose checksum holds. */
function withOtherSecret(token: string): string {
  const body = token.slice(0, -6);
  const last = body.endsWith('a') ? 'b' : 'a';
  const changed = body.slice(0, -1) + last;
  return changed + tokenChecksum(changed);
}
