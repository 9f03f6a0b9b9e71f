import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet } from 'jose';
import { describe, expect, it } from 'vitest';
import { createBackground } from '../../../main/exchange/background.ts';
import { exportAudit } from '../../../main/exchange/export-audit.ts';
import type { FileRequest } from '../../../main/exchange/export-file.ts';
import type { Progress, Watch } from '../../../main/exchange/jobs.ts';
import { trustFile } from '../../../main/exchange/trust-file.ts';
import { toAuditRecord } from '../../../main/keys/audit-json.ts';
import { headerText, inThisThread, sha256 } from '../../fixtures/bundles.ts';
import { populated, run } from '../../fixtures/edited-by-hand.ts';
import { NOW, type TestInstallation, testInstallation, WORKER } from '../../fixtures/installation.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

function places(installation: TestInstallation) {
  const folder = temporaryFolder();
  const out = join(folder, 'audit.ndjson');
  const put = (change: Partial<FileRequest> = {}, watch: Watch = {}, job = inThisThread(installation)) =>
    exportAudit(installation, job, { out, sign: false, replace: false, ...change }, watch);
  return { out, put, names: () => readdirSync(folder).sort() };
}

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n');

describe('an exported audit log', () => {
  it('has an entry a line, the oldest first, each with its members in order and its MAC', async () => {
    const installation = await populated();
    const { store } = installation;
    const { out, put, names } = places(installation);
    const { seq, mac } = store.head();
    const head = { seq, mac: mac.toString('hex') };
    expect(await put()).toEqual({ out, entries: seq, head, signature: null });
    const lines = linesOf(out);
    expect(lines.pop(), 'the last line ends too').toBe('');
    const macs = store.chain(0, seq).map(entry => entry.mac.toString('hex'));
    expect(lines).toEqual(
      store
        .audit({ limit: seq })
        .toReversed()
        .map((entry, nth) => JSON.stringify({ ...toAuditRecord(entry), mac: macs[nth] })),
    );
    expect(lines[0]).toMatch(
      /^\{"seq":1,"at":\d+,"actor":"[^"]+","action":"installation\.create","subject":/,
    );
    expect(macs.at(-1)).toBe(head.mac);
    expect([modeOf(out), names()]).toEqual(['600', ['audit.ndjson']]);
    expect(store.head().seq, 'reading is no entry').toBe(seq);
  });

  it('is signed over its name, hash, time, entries and head; the signature is the entry after', async () => {
    const installation = await populated();
    const { store, clock } = installation;
    const { out, put, names } = places(installation);
    clock.now = NOW + 100;
    const { entries, head, signature } = await put({ sign: true });
    expect(signature).toBe(`${out}.jws`);
    const jws = readFileSync(`${out}.jws`, 'utf8');
    const { payload } = await compactVerify(jws, createLocalJWKSet(JSON.parse(trustFile(store).text)));
    const hash = sha256(readFileSync(out));
    expect(Buffer.from(payload).toString()).toBe(
      JSON.stringify({ file: 'audit.ndjson', sha256: hash, iat: NOW + 100, entries, head }),
    );
    const kid = store.activeSigningKey('trust')?.kid;
    expect(headerText(jws)).toBe(`{"alg":"ES256","kid":"${kid}","typ":"keysmith-audit+jws"}`);
    const [signed] = store.audit({ action: 'audit.sign', limit: 1 });
    expect(signed).toMatchObject({
      before: null,
      after: { file: 'audit.ndjson', sha256: hash, entries, head, signed_by: kid },
    });
    expect(signed?.seq).toBeGreaterThan(head.seq);
    expect([modeOf(`${out}.jws`), names()]).toEqual(['600', ['audit.ndjson', 'audit.ndjson.jws']]);

    const again = await put({ sign: true, replace: true });
    expect(again.entries).toBe(signed?.seq);
  });

  it('replaces nothing unless told, and never what is no signature of a log', async () => {
    const installation = await populated();
    const { out, put, names } = places(installation);
    writeFileSync(out, 'mine');
    await expect(put()).rejects.toMatchObject({ code: 'FILE_EXISTS', field: 'out' });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    writeFileSync(`${out}.jws`, 'somebody else’s');
    await expect(put({ sign: true, replace: true })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(`${out}.jws`, 'utf8')).toBe('somebody else’s');
    expect((await put({ replace: true })).entries).toBeGreaterThan(0);
    expect(names()).toEqual(['audit.ndjson', 'audit.ndjson.jws']);
  });
});

describe('a log that does not hold', () => {
  it.each([
    ['an entry that was edited', "UPDATE audit SET actor = 'mallory' WHERE seq = 4", /from entry 4 on/],
    ['an entry that is gone', 'DELETE FROM audit WHERE seq = 4', /from entry 4 on/],
    [
      'the end that is gone',
      'DELETE FROM audit WHERE seq > (SELECT max(seq) - 3 FROM audit)',
      /no longer goes through its saved head/,
    ],
  ])('is not signed: %s', async (_, sql, message) => {
    const installation = await populated();
    const { out, put, names } = places(installation);
    await installation.savedHead.save(installation.store.head());
    run(installation, sql);
    const head = installation.store.head();
    await expect(put({ sign: true })).rejects.toMatchObject({
      code: 'TAMPERED',
      message: expect.stringMatching(message),
    });
    expect([names(), installation.store.head()]).toEqual([[], head]);
    await put();
    expect(linesOf(out), 'what there is can be looked into').not.toHaveLength(1);
  });
});

describe('exporting a long log', () => {
  it('tells how far it is, and leaves nothing behind when it is cancelled', async () => {
    const installation = await testInstallation();
    addManyKeys(installation, 3000);
    const { put, names } = places(installation);
    const job = createBackground(WORKER, installation.readAccess);
    const head = installation.store.head();
    const controller = new AbortController();
    const onFirst = () => controller.abort();
    await expect(
      put({ sign: true }, { onProgress: onFirst, signal: controller.signal }, job),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([names(), installation.store.head()]).toEqual([[], head]);
    const told: Progress[] = [];
    await put({ sign: true }, { onProgress: progress => told.push(progress) }, job);
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toEqual({ done: head.seq, total: head.seq });
  });
});
