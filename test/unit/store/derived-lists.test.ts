import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { db, findings, run } from '../../fixtures/edited-by-hand.ts';
import { testInstallation } from '../../fixtures/installation.ts';

/** A key with two networks and two permissions, and one with neither. */
async function withLists() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
  const bound = createKey(ports, actor, {
    service: 'support-api',
    name: 'bound',
    permissions: ['devices:read', 'devices:list'],
    allowedIps: '10.0.0.0/8 2001:db8::1',
  }).key;
  const free = createKey(ports, actor, { service: 'support-api', name: 'free' }).key;
  const networks = () =>
    db(installation)
      .prepare<[], { network: string }>(
        "SELECT key_ref || ' ' || family || '/' || prefix_length || ' ' || hex(network) AS network FROM key_ip ORDER BY 1",
      )
      .all()
      .map(({ network }) => network);
  return { ...installation, bound, free, networks };
}

const V4 = Buffer.of(10, 0, 0, 0);

describe('the networks beside a key', () => {
  it('are those of its allowed IPs, and go with them', async () => {
    const installation = await withLists();
    const { ports, actor, bound, networks } = installation;
    const { ref } = bound;
    expect(networks()).toEqual([`${ref} 4/8 0A000000`, `${ref} 6/128 20010DB8000000000000000000000001`]);
    editKey(ports, actor, { key: bound.id, allowedIps: '192.0.2.7' });
    expect(networks()).toEqual([`${ref} 4/32 C0000207`]);
    rotateKey(ports, actor, { key: bound.id });
    revokeKey(ports, actor, { key: bound.id });
    expect(networks()).toHaveLength(1);
    expect(await findings(installation)).toEqual([]);
    removeKey(ports, actor, { key: bound.id });
    expect(networks()).toEqual([]);
    expect(await findings(installation)).toEqual([]);
  });

  it.each([
    ['added', "INSERT INTO key_ip VALUES (4, 0, x'00000000', (SELECT max(ref) FROM key))", 'key_ip'],
    ['added for a key that is not there', "INSERT INTO key_ip VALUES (4, 8, x'0B000000', 1)", 'key_ip'],
    ['deleted', 'DELETE FROM key_ip WHERE family = 4', 'key ID'],
    ['changed in its length', 'UPDATE key_ip SET prefix_length = 9 WHERE family = 4', 'key ID'],
    ['changed in its network', "UPDATE key_ip SET network = x'0B000000' WHERE family = 4", 'key ID'],
    ['changed in its family', 'UPDATE key_ip SET family = 6 WHERE family = 4', 'key ID'],
    ['given to another key', 'UPDATE key_ip SET key_ref = key_ref + 2 WHERE family = 4', 'key ID'],
  ])('are found when one is %s by hand', async (_, sql, subject) => {
    const installation = await withLists();
    expect(await findings(installation)).toEqual([]);
    expect(run(installation, sql).changes).toBe(1);
    expect((await findings(installation)).map(found => [found.kind, found.subject])).toContainEqual([
      'derived',
      subject.replace('ID', installation.bound.id),
    ]);
  });

  it('stop no change of the key when one was added by hand', async () => {
    const installation = await withLists();
    const { ports, actor, free, networks } = installation;
    run(installation, 'INSERT INTO key_ip VALUES (4, 8, ?, ?)', V4, free.ref);
    expect(editKey(ports, actor, { key: free.id, allowedIps: '10.0.0.0/8' }).allowedIps).toEqual([
      '10.0.0.0/8',
    ]);
    expect(networks().filter(network => network.startsWith(`${free.ref} `))).toEqual([
      `${free.ref} 4/8 0A000000`,
    ]);
    expect(await findings(installation)).toEqual([]);
  });
});

describe('the grants beside a key', () => {
  it('stop no change of the key when one was added by hand', async () => {
    const installation = await withLists();
    const { ports, actor, free } = installation;
    run(
      installation,
      "INSERT INTO key_grant VALUES ((SELECT ref FROM catalog WHERE id = 'devices:read'), ?)",
      free.ref,
    );
    expect((await findings(installation)).map(({ subject }) => subject)).toContain('key_grant');
    editKey(ports, actor, { key: free.id, permissions: ['devices:read'] });
    expect(await findings(installation)).toEqual([]);
  });
});
