import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeyId } from '../../../main/keys/ids.ts';
import { tokenDigest } from '../../../main/keys/opaque-token.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { callsApart } from '../../rig/die-at-every-call.ts';
import { fileKeychain } from '../../rig/file-keychain.ts';
import { findHalfWritten } from '../../rig/half-written.ts';
import { keysmith, openSession, type Place } from '../../rig/keysmith.ts';
import { type Aim, killAt, type Moment, type Round, startChanging } from '../../rig/kill-rounds.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const KILLS = Math.round(210 / callsApart(3));
const STEPS = ['before', 'begun', 'written', 'committed'];

/** Half of the kills stand at a step, the steps in turn; the other half hit a running process anywhere. */
function aimOf(kill: number): Aim {
  if (kill % 2 === 1) return { kind: 'running', lines: 2 + ((kill * 7) % 40) };
  const step = STEPS[(kill / 2) % STEPS.length] ?? 'before';
  return { kind: 'standing', step, change: 1 + ((kill * 3) % 8) };
}

test(`a process killed ${KILLS} times while it creates and revokes keys loses no acknowledged change and leaves no half`, {
  timeout: 600_000,
}, async () => {
  const folder = temporaryFolder();
  const keychainFile = join(folder, 'keychain.json');
  const place = { home: join(folder, 'data'), keychain: fileKeychain(keychainFile) };
  jsonOf(await keysmith(place, 'init', '--vault', 'keychain', '--json'));

  const expected = new Map<string, Expectation>();
  const counts: Record<Moment, number> = { before: 0, inside: 0, after: 0 };
  let next = startChanging(place.home, keychainFile);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = next;
    if (kill + 1 < KILLS) next = startChanging(place.home, keychainFile);
    const round = await killAt(child, aimOf(kill));
    counts[round.moment] += 1;
    await check(place, expected, round);
  }
  console.log(
    `${KILLS} kills: ${counts.before} before a write, ${counts.inside} inside one, ${counts.after} after its commit; ${expected.size} keys`,
  );
  expect(counts.inside).toBeGreaterThanOrEqual(KILLS / 4);
  expect(Math.min(counts.before, counts.after)).toBeGreaterThanOrEqual(KILLS / 20);
});

interface Expectation {
  readonly status: string;
  /** Known where the key was acknowledged. */
  readonly digest?: string;
}

interface Found {
  readonly id: KeyId;
  readonly status: string;
  readonly digest: string;
}

/** Compares the reopened installation with everything that was ever acknowledged, and takes over the last change. */
async function check(place: Place, expected: Map<string, Expectation>, round: Round): Promise<void> {
  for (const { id, result } of round.acknowledged) {
    const before = expected.get(id);
    if (result === 'revoked') expected.set(id, { ...before, status: 'revoked' });
    else expected.set(id, { status: 'active', digest: tokenDigest(result).toString('hex') });
  }
  const session = await openSession(place);
  try {
    const { db } = session.store.connection;
    const found = db
      .prepare<[], Found>(
        'SELECT k.id, k.status, lower(hex(c.digest)) AS digest FROM key k JOIN credential c ON c.key_ref = k.ref',
      )
      .all();
    const present = new Map(found.map(({ id, ...key }) => [id as string, key]));
    // The change that nobody heard the end of: committed for certain, not begun, or one or the other.
    const surplus = found.filter(({ id, status }) => expected.get(id)?.status !== status);
    const allowed = { before: [0], begun: [0, 1], written: [0, 1], committed: [1], done: [0], ready: [0] };
    expect(allowed[round.step as keyof typeof allowed]).toContain(surplus.length);
    for (const { id, status, digest } of surplus) expected.set(id, { status, digest });
    expect(present).toEqual(expected);
    expect(findHalfWritten(db)).toEqual([]);
    expect(await verifyAudit(session)).toMatchObject({ ok: true, findings: [] });
  } finally {
    await session.close();
  }
}
