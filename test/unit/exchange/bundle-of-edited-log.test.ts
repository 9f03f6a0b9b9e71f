import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { databasePath } from '../../../main/store/data-folder.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { openBundle } from '../../../main/verify/index.ts';
import { exportedBundle, inThisThread } from '../../fixtures/bundles.ts';
import { db, populated, run } from '../../fixtures/edited-by-hand.ts';
import { handOver } from '../../fixtures/exported.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const count = (installation: Parameters<typeof db>[0]) =>
  db(installation).prepare('SELECT count(*) FROM bundle').pluck().get();

describe('no bundle is exported', () => {
  it('while the log does not hold: a revoked key could come back', async () => {
    const installation = await populated();
    const { ports, actor, live } = installation;
    const row = db(installation).prepare('SELECT * FROM key WHERE ref = ?').get(live.key.ref);
    const secret = db(installation).prepare('SELECT * FROM credential WHERE key_ref = ?').get(live.key.ref);
    revokeKey(ports, actor, { key: live.key.id });
    const restore = (table: string, old: unknown) => {
      const columns = Object.keys(old as object);
      const to = columns.map(name => `${name} = @${name}`).join(', ');
      db(installation).prepare(`UPDATE ${table} SET ${to} WHERE ref = @ref`).run(old);
    };
    restore('key', row);
    restore('credential', secret);
    run(
      installation,
      "UPDATE audit SET subject_ref = 999999 WHERE action = 'key.revoke' AND subject_ref = ?",
      live.key.ref,
    );
    expect(installation.store.key(live.key.id)).toMatchObject({ status: 'active', tampered: false });
    await expect(exportedBundle(installation, 'team-api')).rejects.toMatchObject({
      code: 'TAMPERED',
      message: expect.stringContaining('audit log does not hold'),
    });
    expect(count(installation)).toBe(0);
  });

  it('from an older copy of the database, however often one tries', async () => {
    const { live, ports, actor, folder, installationPorts, store, close } = await populated();
    const path = databasePath(folder);
    db({ store } as never).pragma('wal_checkpoint(TRUNCATE)');
    const copy = join(temporaryFolder(), 'copy.db');
    copyFileSync(path, copy);
    revokeKey(ports, actor, { key: live.key.id });
    await close();
    copyFileSync(copy, path);
    const session = await openInstallation(installationPorts);
    try {
      const request = { service: 'team-api', out: join(temporaryFolder(), 'b'), replace: false };
      for (let tries = 0; tries < 2; tries += 1)
        await expect(exportBundle(session, inThisThread(session), request)).rejects.toMatchObject({
          code: 'TAMPERED',
          message: expect.stringContaining('older copy'),
        });
    } finally {
      session.store.close();
    }
  });
});

it('a refused row that no verifier could read is left out, so that the bundle can be opened', async () => {
  const installation = await populated();
  run(installation, "UPDATE credential SET refused_at = -1 WHERE refused_reason = 'revoked'");
  const { out, counts } = await exportedBundle(installation, 'team-api');
  expect(counts).toMatchObject({ refused: 1, tampered: 1 });
  const trust = readFileSync(handOver(installation), 'utf8');
  const bundle = await openBundle(out, { trust, at: installation.clock.now });
  expect(bundle.verify(installation.revoked.token, { at: installation.clock.now }).reason).toBe('unknown');
});

it('a bundle of another service is not replaced, as a folder or as one file', async () => {
  const installation = await populated();
  createService(installation.ports, installation.actor, { service: 'other' });
  for (const name of ['bundle', 'bundle.zip']) {
    const { out } = await exportedBundle(installation, 'team-api', { out: join(temporaryFolder(), name) });
    await expect(exportedBundle(installation, 'other', { out, replace: true })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      message: expect.stringContaining('service team-api'),
    });
  }
});
