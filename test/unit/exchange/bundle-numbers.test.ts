import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunJob } from '../../../main/exchange/background.ts';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { exportedBundle, inThisThread, sha256, textOf } from '../../fixtures/bundles.ts';
import { db, populated, run } from '../../fixtures/edited-by-hand.ts';
import type { TestInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const numbersOf = ({ store }: TestInstallation, service = 'team-api') =>
  store.bundles(store.service(service)?.ref ?? (0 as never), 100).map(({ sequence }) => sequence);

/** Three bundles, the newest of them in `third`. */
async function withThree() {
  const installation = await populated();
  await exportedBundle(installation, 'team-api');
  await exportedBundle(installation, 'team-api');
  const third = await exportedBundle(installation, 'team-api');
  const hash = sha256(textOf(third.files, 'manifest.json'));
  /** The number of the next bundle, and whether it follows the third. */
  const next = async () => {
    const { manifest } = await exportedBundle(installation, 'team-api');
    return [manifest.sequence, manifest.previous === hash];
  };
  return { ...installation, third, next };
}

/** Does a job, and then something else before its result is heard of. */
const andThen =
  (run: RunJob, meanwhile: () => unknown): RunJob =>
  async (job, watch) => {
    const result = await run(job, watch);
    await meanwhile();
    return result;
  };

describe('the numbers of bundles', () => {
  it('are a sequence for each service', async () => {
    const installation = await populated();
    createService(installation.ports, installation.actor, { service: 'other' });
    const number = async (service: string) => (await exportedBundle(installation, service)).manifest.sequence;
    expect([await number('team-api'), await number('other'), await number('team-api')]).toEqual([1, 1, 2]);
  });

  it.each([
    ['deleted', 'DELETE FROM bundle WHERE sequence = 3', 4],
    ['deleted with all others', 'DELETE FROM bundle', 4],
    ['said to be older', 'UPDATE bundle SET sequence = -1 WHERE sequence = 3', 4],
    ['given another hash', 'UPDATE bundle SET manifest_sha256 = zeroblob(32) WHERE sequence = 3', 4],
    ['said to know everything', 'UPDATE bundle SET head_seq = 1000000 WHERE sequence = 3', 4],
    // Where a number is taken the next one is free; gaps are allowed.
    ['said to be the next', 'UPDATE bundle SET sequence = 4 WHERE sequence = 3', 5],
    ['said to be much later', 'UPDATE bundle SET sequence = 1000 WHERE sequence = 3', 4],
    ['counted on by others', 'UPDATE bundle SET sequence = sequence + 3', 7],
  ])('go on, and follow the last, when its record was %s', async (_what, edit, expected) => {
    const { next, ...installation } = await withThree();
    run(installation, edit);
    expect(await next()).toEqual([expected, true]);
    expect((await next())[0]).toBe(expected + 1);
  });

  it('are not given from a log that was edited by hand', async () => {
    const { next, ...installation } = await withThree();
    run(
      installation,
      `UPDATE audit SET after = '{"service":"team-api","sequence":"x"}' WHERE action = 'bundle.export'`,
    );
    await expect(next()).rejects.toMatchObject({ code: 'TAMPERED' });
    expect(numbersOf(installation)).toEqual([3, 2, 1]);
  });

  it('are not given for a bundle that knows less than the last one', async () => {
    const { ports, actor, live, ...installation } = { ...(await populated()) };
    const session = { ...installation, ports, actor };
    const out = join(temporaryFolder(), 'bundle');
    const overtake = async () => {
      revokeKey(ports, actor, { key: live.key.id });
      expect((await exportedBundle(session, 'team-api')).manifest.sequence).toBe(1);
    };
    const slow = andThen(inThisThread(session), overtake);
    await expect(
      exportBundle(session, slow, { service: 'team-api', out, replace: false }),
    ).rejects.toMatchObject({
      code: 'BUNDLE_OVERTAKEN',
      field: 'service',
      message: expect.stringContaining('number 1'),
    });
    expect(existsSync(out)).toBe(false);
    expect(numbersOf(session)).toEqual([1]);
    expect((await exportedBundle(session, 'team-api')).manifest.sequence).toBe(2);
  });

  it('are given also when another service was exported meanwhile', async () => {
    const session = await populated();
    createService(session.ports, session.actor, { service: 'other' });
    const folder = temporaryFolder();
    const slow = andThen(inThisThread(session), async () => {
      await exportedBundle(session, 'other');
    });
    const second = await exportBundle(session, slow, {
      service: 'team-api',
      out: join(folder, 'a'),
      replace: false,
    });
    expect(second.bundle.sequence).toBe(1);
    expect(numbersOf(session, 'other')).toEqual([1]);
  });

  it('are not used up by an export that fails before it is recorded', async () => {
    const session = await populated();
    const folder = temporaryFolder();
    const head = session.store.head();
    const failing = andThen(inThisThread(session), () => {
      throw new Error('broken');
    });
    for (const name of ['bundle', 'bundle.zip']) {
      const out = join(folder, name);
      const request = { service: 'team-api', out, replace: false };
      await expect(exportBundle(session, failing, request)).rejects.toThrow('broken');
      const missing = { ...request, service: 'nowhere' };
      await expect(exportBundle(session, failing, missing)).rejects.toMatchObject({
        code: 'SERVICE_NOT_FOUND',
      });
      const long = { ...request, validFor: '2y' };
      await expect(exportBundle(session, failing, long)).rejects.toMatchObject({ code: 'VALIDITY_INVALID' });
    }
    expect(readdirSync(folder)).toEqual([]);
    expect(session.store.head()).toEqual(head);
    expect(numbersOf(session)).toEqual([]);
  });

  it('are not given when what is to be signed cannot be written', async () => {
    const session = await populated();
    const folder = temporaryFolder();
    const head = session.store.head();
    for (const name of ['bundle', 'bundle.zip']) {
      const taken: RunJob = async (job, watch) => {
        const result = await inThisThread(session)(job, watch);
        if (job.kind === 'bundle') writeFileSync(join(job.draft, 'manifest.json'), 'taken');
        return result;
      };
      const request = { service: 'team-api', out: join(folder, name), replace: false };
      await expect(exportBundle(session, taken, request)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    }
    expect(readdirSync(folder)).toEqual([]);
    expect(session.store.head()).toEqual(head);
  });

  it('have a record of what was exported in the audit log', async () => {
    const session = await populated();
    const { bundle, manifest } = await exportedBundle(session, 'team-api', { validFor: '7d' });
    const [entry] = session.store.audit({ action: 'bundle.export', limit: 1 });
    expect(entry).toMatchObject({ subject: { kind: 'bundle', id: 'team-api/1' }, before: null });
    expect(entry?.after).toEqual({
      service: 'team-api',
      sequence: 1,
      issued_at: manifest.issued_at,
      expires_at: manifest.issued_at + 7 * 86_400,
      manifest_sha256: bundle.manifestSha256.toString('hex'),
      head_seq: manifest.audit.seq,
      signed_by: manifest.trust[0].kid,
      valid: 1,
      refused: 2,
      tampered: 0,
    });
    expect(db(session).prepare('SELECT count(*) AS n FROM bundle').get()).toEqual({ n: 1 });
  });
});
