import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runJob } from '../../../main/exchange/run-job.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { KEY_FIELDS } from '../../../main/keys/key-json.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import type { Row } from '../../../main/store/seals.ts';
import { SEALED_TABLES } from '../../../main/store/tables.ts';
import { db, run } from '../../fixtures/edited-by-hand.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

/** Three keys of which the second was renamed, so that there is an older row of it under a seal of its own. */
async function threeKeys() {
  const installation = await testInstallation();
  const { ports, actor, store, folder } = installation;
  const [, second] = ['a', 'b', 'c'].map(
    name => createKey(ports, actor, { service: 'team-api', name, permissions: ['people:read'] }).key,
  );
  if (!second) throw new Error('there are three');
  const row = () =>
    db(installation).prepare<[number], Row>('SELECT * FROM key WHERE ref = ?').get(second.ref);
  const older = row() ?? {};
  renameKey(ports, actor, { key: second.id, name: 'b2' });
  const newer = row() ?? {};
  let nth = 0;
  /** The status of each key in a CSV. */
  const statuses = async () => {
    nth += 1;
    const draft = join(folder, `${nth}.csv`);
    const sort = { field: 'created', descending: false } as const;
    const keys = { kind: 'matching', criteria: {}, sort } as const;
    const what = { format: 'csv', columns: KEY_FIELDS, bom: false, removed: false, hashed: false } as const;
    await runJob(store, { kind: 'inventory', draft, keys, now: NOW, ...what }, () => undefined);
    const [, ...lines] = readFileSync(draft, 'utf8').trimEnd().split('\r\n');
    return lines.map(line => line.split(',')[KEY_FIELDS.indexOf('status')]);
  };
  const put = (columns: Row) => {
    const names = Object.keys(columns).filter(name => name !== 'ref');
    const set = names.map(name => `${name} = ?`).join(', ');
    run(
      installation,
      `UPDATE key SET ${set} WHERE ref = ?`,
      ...names.map(name => columns[name] ?? null),
      second.ref,
    );
  };
  return { ...installation, second, older, newer, statuses, put };
}

const TAMPERED = ['active', 'tampered', 'active'];

describe('a CSV of keys says which of them were edited by hand', () => {
  it('in any column under the seal', async () => {
    const { newer, statuses, put } = await threeKeys();
    expect(await statuses()).toEqual(['active', 'active', 'active']);
    // What it refers to must be there; the audit entry and the seal have their own tests.
    const columns = SEALED_TABLES.key.sealed.filter(column => column !== 'ref' && column !== 'service_ref');
    const edited = {
      kind: 'public',
      status: 'disabled',
      permissions: '[]',
      roles: '[{}]',
      allowed_ips: '[1]',
    } as Row;
    for (const column of columns) {
      const value = newer[column] ?? null;
      const other = edited[column] ?? (typeof value === 'string' ? `${value}x` : Number(value ?? 6) ? 0 : 1);
      put({ [column]: other });
      // By another time of creation, it stands elsewhere.
      expect((await statuses()).sort(), column).toEqual([...TAMPERED].sort());
      put({ [column]: value });
    }
    expect(await statuses()).toEqual(['active', 'active', 'active']);
  });

  it('when an older row was put back, under the seal and the entry that it had', async () => {
    const { older, newer, statuses, put } = await threeKeys();
    put(older);
    expect(await statuses()).toEqual(TAMPERED);
    put({ ...older, audit_seq: newer.audit_seq ?? null });
    expect(await statuses()).toEqual(TAMPERED);
    put(newer);
    expect(await statuses()).toEqual(['active', 'active', 'active']);
  });

  it('when the seal is of another version, cut short, longer, or another key’s', async () => {
    const { newer, statuses, put, second, ...installation } = await threeKeys();
    const seal = newer.seal as Buffer;
    const others = db(installation).prepare<[], Buffer>('SELECT seal FROM key ORDER BY ref').pluck().all();
    const seals = [
      Buffer.concat([Buffer.of(2), seal.subarray(1)]),
      seal.subarray(0, 20),
      seal.subarray(0, 1),
      Buffer.alloc(0),
      Buffer.concat([seal, Buffer.of(0)]),
      others[0] ?? null,
    ];
    for (const each of seals) {
      put({ seal: each });
      expect(await statuses(), each?.toString('hex')).toEqual(TAMPERED);
    }
    put({ seal });
    expect(await statuses()).toEqual(['active', 'active', 'active']);
  });

  it('when its last entry was taken out of the audit log, or one was put in', async () => {
    const { newer, statuses, second, ...installation } = await threeKeys();
    const copy =
      'INSERT INTO audit SELECT (SELECT max(seq) + 1 FROM audit), at, actor, action, subject_kind, subject_ref, subject_id, before, after, mac FROM audit WHERE seq = ?';
    run(installation, copy, newer.audit_seq ?? null);
    expect(await statuses()).toEqual(TAMPERED);
    run(
      installation,
      'DELETE FROM audit WHERE subject_ref = ? AND seq > ?',
      second.ref,
      Number(newer.audit_seq) - 1,
    );
    expect(await statuses()).toEqual(TAMPERED);
  });
});
