import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexTexts } from '../../../main/exchange/index-texts.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { parseSort } from '../../../main/keys/key-query.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { importedHere, importFile, manyRows, secretsIn } from '../../fixtures/imports.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const newPlace = () => join(temporaryFolder(), 'secrets.csv');

const found = ({ store }: TestInstallation, text: string) =>
  store.keys({ sort: parseSort('name'), limit: 100, text }, 0).keys.map(({ name }) => name);

const cancelled = { code: 'CANCELLED' };

async function expectSound(installation: TestInstallation): Promise<void> {
  expect((await verifyAudit(installation)).findings).toEqual([]);
}

describe('keys whose texts are not in the index of the search yet', () => {
  it('are found, changed and removed as all others', async () => {
    const installation = await testInstallation();
    const { ports, actor, store } = installation;
    const out = newPlace();
    const file = importFile(manyRows(30));
    await expect(importedHere(installation, file, { out, cancelAt: 20 })).rejects.toMatchObject(cancelled);
    expect(store.textsToIndex()).toBe(20);
    expect(found(installation, 'key-17')).toEqual(['key-17']);
    editKey(ports, actor, { key: 'team-api/key-17', owner: 'Zoë of the depot' });
    removeKey(ports, actor, { key: 'team-api/key-1' });
    removeKey(ports, actor, { key: 'team-api/key-20' });
    createKey(ports, actor, { service: 'team-api', name: 'key-17 of another' });
    expect(found(installation, 'depot')).toEqual(['key-17']);
    expect(found(installation, 'key-1')).not.toContain('key-1');
    const [line] = secretsIn(out).filter(({ name }) => name === 'key-5');
    const four = store.key(line?.key_id as never)?.hint.slice(-4) ?? '';
    expect(store.keysByLastFour(four, 100).map(({ name }) => name)).toContain('key-5');
    await expectSound(installation);
    await importedHere(installation, file, { out, resume: true });
    expect(store.textsToIndex()).toBe(0);
    expect(found(installation, 'key-17')).toEqual(['key-17', 'key-17 of another']);
    expect(found(installation, 'depot')).toEqual(['key-17']);
    await expectSound(installation);
  });

  it('come into it when Keysmith is opened again', async () => {
    const installation = await testInstallation();
    const { store, readAccess } = installation;
    const request = { out: newPlace(), cancelAt: 20 };
    await expect(importedHere(installation, importFile(manyRows(30)), request)).rejects.toMatchObject(
      cancelled,
    );
    expect(store.textsToIndex()).toBe(20);
    indexTexts(readAccess.database);
    expect(store.textsToIndex()).toBe(0);
    expect(found(installation, 'key-17')).toEqual(['key-17']);
    await expectSound(installation);
  });
});
