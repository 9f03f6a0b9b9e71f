import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import type { RunJob } from '../../../main/exchange/background.ts';
import {
  exportInventory,
  hasTwoCores,
  type InventoryRequest,
} from '../../../main/exchange/export-inventory.ts';
import { trustFile } from '../../../main/exchange/trust-file.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { headerText, inThisThread, sha256 } from '../../fixtures/bundles.ts';
import { populated, run } from '../../fixtures/edited-by-hand.ts';
import { NOW } from '../../fixtures/installation.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const ALL = { kind: 'matching', criteria: {}, sort: { field: 'name', descending: false } } as const;

async function withPlaces() {
  const installation = await populated();
  const folder = temporaryFolder();
  const out = join(folder, 'keys.csv');
  const put = (change: Partial<InventoryRequest> = {}, run: RunJob = inThisThread(installation)) =>
    exportInventory(installation, run, {
      keys: ALL,
      removed: false,
      format: 'csv',
      columns: KEY_FIELDS,
      bom: false,
      out,
      sign: false,
      replace: false,
      ...change,
    });
  const names = () => readdirSync(folder).sort();
  /** Tries what is refused, and looks whether everything is as it was. */
  const refused = async (code: string, change: Partial<InventoryRequest> = {}, run?: RunJob) => {
    const before = [fingerprint(folder), names()];
    await expect(put(change, run)).rejects.toMatchObject({ code, field: 'out' });
    expect([fingerprint(folder), names()]).toEqual(before);
  };
  const rows = (path = out) => readFileSync(path, 'utf8').split('\r\n').slice(1, -1);
  return { ...installation, folder, out, put, names, refused, rows };
}

describe('an inventory that is signed', () => {
  it('has a signature beside it that trust.json verifies, over its name, hash, time and rows', async () => {
    const { ports, actor, store, clock, out, put } = await withPlaces();
    await rotateSigningKey(ports, actor, { purpose: 'trust' });
    const active = await rotateSigningKey(ports, actor, { purpose: 'trust', alg: 'EdDSA' });
    clock.now = NOW + 100;
    expect(await put({ sign: true })).toEqual({ out, rows: 2, signature: `${out}.jws` });
    const bytes = readFileSync(out);
    const jws = readFileSync(`${out}.jws`, 'utf8');
    const { payload } = await compactVerify(jws, createLocalJWKSet(JSON.parse(trustFile(store).text)));
    const claims = JSON.stringify({ file: 'keys.csv', sha256: sha256(bytes), iat: NOW + 100, rows: 2 });
    expect(Buffer.from(payload).toString()).toBe(claims);
    expect(headerText(jws)).toBe(`{"alg":"EdDSA","kid":"${active.kid}","typ":"keysmith-inventory+jws"}`);
    expect([modeOf(out), modeOf(`${out}.jws`)]).toEqual(['600', '600']);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    expect(claims).not.toContain(sha256(bytes));
  });

  it('stands in the audit log with its hash and its signer', async () => {
    const { store, out, put } = await withPlaces();
    await put({ sign: true });
    expect(store.audit({ action: 'inventory.sign', limit: 2 })).toMatchObject([
      {
        before: null,
        after: {
          file: 'keys.csv',
          sha256: sha256(readFileSync(out)),
          rows: 2,
          signed_by: store.activeSigningKey('trust')?.kid,
        },
      },
    ]);
  });

  it('replaces both files when told, and leaves nothing beside them', async () => {
    const { ports, actor, out, put, names } = await withPlaces();
    await put({ sign: true });
    createKey(ports, actor, { service: 'team-api', name: 'more' });
    await put({ sign: true, replace: true });
    const [, payload = ''] = readFileSync(`${out}.jws`, 'utf8').split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      sha256: sha256(readFileSync(out)),
      rows: 3,
    });
    expect(names()).toEqual(['keys.csv', 'keys.csv.jws']);
  });

  it('is not written at all where the trust key was edited by hand', async () => {
    const { put, names, ...installation } = await withPlaces();
    await rotateSigningKey(installation.ports, installation.actor, { purpose: 'trust' });
    run(installation, 'UPDATE signing_key SET created_at = 1');
    await expect(put({ sign: true })).rejects.toMatchObject({ code: 'TAMPERED' });
    expect(names()).toEqual([]);
  });
});

describe('an inventory goes nowhere, and everything stays as it is,', () => {
  it('where a file or a signature is already, unless told to replace them', async () => {
    const { out, refused, put } = await withPlaces();
    writeFileSync(`${out}.jws`, 'older');
    await refused('FILE_EXISTS', { sign: true });
    await put();
    await refused('FILE_EXISTS');
  });

  it('where a folder, a link or a device is', async () => {
    const { folder, out, refused } = await withPlaces();
    writeFileSync(`${out}.jws`, 'older');
    mkdirSync(out);
    writeFileSync(join(folder, 'real'), 'x');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    for (const replace of [false, true]) {
      await refused('FILE_EXISTS', { replace, sign: true });
      for (const name of ['link', 'dangling'])
        await refused('FILE_EXISTS', { replace, out: join(folder, name) });
      await refused('FILE_EXISTS', { replace, out: '/dev/null' });
    }
  });

  it('where a folder is meant, or is missing', async () => {
    const { folder, refused } = await withPlaces();
    await refused('FILE_EXISTS', { out: `${folder}/sub/` });
    await refused('FILE_UNWRITABLE', { out: join(folder, 'missing', 'keys.csv'), sign: true });
  });

  it('when its place is taken at the last moment: an older signature is as it was', async () => {
    const { folder, out, put, names, ...session } = await withPlaces();
    const older = `${Buffer.from('{"alg":"ES256","kid":"x","typ":"keysmith-inventory+jws"}').toString('base64url')}.older`;
    writeFileSync(`${out}.jws`, older);
    const meanwhile: RunJob = async (job, watch) => {
      const result = await inThisThread(session)(job, watch);
      mkdirSync(out);
      return result;
    };
    await expect(put({ sign: true, replace: true }, meanwhile)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
    expect(readFileSync(`${out}.jws`, 'utf8')).toBe(older);
    expect(names()).toEqual(['keys.csv', 'keys.csv.jws']);
    expect(readdirSync(out)).toEqual([]);
  });

  it('when what lies beside it is no signature of an inventory, although it may replace files', async () => {
    const { out, put, names } = await withPlaces();
    writeFileSync(`${out}.jws`, 'somebody else’s');
    await expect(put({ sign: true, replace: true })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(`${out}.jws`, 'utf8')).toBe('somebody else’s');
    expect(names()).toEqual(['keys.csv.jws']);
  });
});

describe('the keys of an inventory', () => {
  it('are those that match a filter, or those that were picked, and removed ones only on demand', async () => {
    const { live, revoked, removed, put, rows } = await withPlaces();
    const columns = ['id', 'status'] as const;
    const listed = async (change: Partial<InventoryRequest>) => {
      const { rows: count } = await put({ columns, replace: true, ...change });
      expect(rows()).toHaveLength(count);
      return rows();
    };
    const all = [`${live.key.id},active`, `${revoked.key.id},revoked`];
    expect(await listed({})).toEqual(all);
    expect(await listed({ keys: { ...ALL, criteria: { statuses: ['active'] } } })).toEqual(all.slice(0, 1));
    expect(
      await listed({ keys: { ...ALL, criteria: { service: 'team-api', text: 'nothing-has-this' } } }),
    ).toEqual([]);
    expect(await listed({ keys: { kind: 'picked', ids: [revoked.key.id] } })).toEqual(all.slice(1));
    expect(await listed({ removed: true })).toEqual([...all, `${removed.key.id},removed`]);
  });

  it('that are gone when they are written make it fail, and nothing is left', async () => {
    const { removed, put, names } = await withPlaces();
    const keys = { kind: 'picked', ids: [removed.key.id] } as const;
    await expect(put({ keys, sign: true })).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    expect(names()).toEqual([]);
  });

  it('that were edited by hand are said to be tampered with, also removed ones', async () => {
    const { live, put, rows, ...installation } = await withPlaces();
    run(installation, "UPDATE key SET owner = 'mallory' WHERE ref = ?", live.key.ref);
    run(installation, "UPDATE tombstone SET record = '{}'");
    await put({ removed: true, columns: ['status'] });
    expect(rows()).toEqual(['tampered', 'revoked', 'tampered']);
  });
});

it('takes a second thread where a core is left for it, and another one for the window', () => {
  expect([1, 2, 3, 8].map(cores => hasTwoCores(false, cores))).toEqual([false, true, true, true]);
  expect([1, 2, 3, 8].map(cores => hasTwoCores(true, cores))).toEqual([false, false, true, true]);
});
