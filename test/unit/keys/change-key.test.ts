import { describe, expect, it } from 'vitest';
import { acceptClock } from '../../../main/keys/accept-clock.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { renameKey } from '../../../main/keys/rename-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

async function withKey() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const issued = createKey(ports, actor, {
    service: 'team-api',
    name: 'ci',
    permissions: ['people:read'],
    expires: '2027-01-31',
  });
  return { ...installation, ...issued };
}

describe('editing a key', () => {
  it('changes what is given and leaves the rest', async () => {
    const { ports, actor, store, key } = await withKey();
    const edited = editKey(ports, actor, { key: key.id, owner: 'Ann', permissions: ['groups:read'] });
    expect(edited).toMatchObject({
      owner: 'Ann',
      permissions: ['groups:read'],
      name: 'ci',
      expiresAt: key.expiresAt,
    });
    expect(store.key(key.id)).toEqual(edited);
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.edit',
      before: { owner: '', permissions: ['people:read'] },
      after: { owner: 'Ann', permissions: ['groups:read'] },
    });
  });

  it('writes nothing when nothing changes', async () => {
    const { ports, actor, store } = await withKey();
    const before = store.head();
    editKey(ports, actor, { key: 'team-api/CI', permissions: ['people:read'], description: '' });
    expect(store.head()).toEqual(before);
  });

  it('is refused when the key changed since the editor looked', async () => {
    const { ports, actor, key } = await withKey();
    editKey(ports, actor, { key: key.id, owner: 'Ann' });
    refusal('KEY_CHANGED', () => editKey(ports, actor, { key: key.id, owner: 'Bob', since: key.auditSeq }));
  });

  it('is refused for a revoked key, a removed key and one that never was', async () => {
    const { ports, actor, store, key } = await withKey();
    revokeKey(ports, actor, { key: key.id });
    const before = store.head();
    expect(refusal('KEY_REVOKED', () => editKey(ports, actor, { key: key.id, owner: 'Ann' })).field).toBe(
      'key',
    );
    expect(store.head()).toEqual(before);
    removeKey(ports, actor, { key: key.id });
    expect(refusal('KEY_NOT_FOUND', () => editKey(ports, actor, { key: key.id })).message).toContain(
      'was removed',
    );
    refusal('KEY_NOT_FOUND', () => editKey(ports, actor, { key: 'team-api/nobody' }));
    refusal('KEY_NOT_FOUND', () => editKey(ports, actor, { key: 'ci' }));
  });

  it('may shorten an expiry with a clock that is behind, but not extend it', async () => {
    const { ports, actor, clock, key } = await withKey();
    clock.now = NOW - 60;
    expect(editKey(ports, actor, { key: key.id, expires: '2026-12-01' }).expiresAt).toBeLessThan(
      key.expiresAt ?? 0,
    );
    refusal('CLOCK_BEHIND', () => editKey(ports, actor, { key: key.id, expires: '2028-01-01' }));
    acceptClock(ports, actor);
    expect(editKey(ports, actor, { key: key.id, expires: 'never' }).expiresAt).toBeNull();
    clock.now = NOW - 120;
    refusal('CLOCK_BEHIND', () => createKey(ports, actor, { service: 'team-api', name: 'late' }));
  });
});

describe('renaming a key', () => {
  it('frees the old name, and may change only the case', async () => {
    const { ports, actor, key } = await withKey();
    expect(renameKey(ports, actor, { key: key.id, name: 'CI' }).name).toBe('CI');
    renameKey(ports, actor, { key: key.id, name: 'deploy' });
    expect(createKey(ports, actor, { service: 'team-api', name: 'ci' }).key.name).toBe('ci');
    refusal('NAME_TAKEN', () => renameKey(ports, actor, { key: key.id, name: 'Ci' }));
  });

  it('is refused where the policy fixes names', async () => {
    const { ports, actor, key } = await withKey();
    editService(ports, actor, { service: 'team-api', policy: { renamable: false } });
    refusal('RENAME_NOT_ALLOWED', () => renameKey(ports, actor, { key: key.id, name: 'deploy' }));
  });
});

describe('revoking a key', () => {
  it('is final, and keeps its reason and time', async () => {
    const { ports, actor, clock, key } = await withKey();
    clock.now = NOW + 60;
    expect(revokeKey(ports, actor, { key: key.id, reason: 'lost' })).toMatchObject({
      status: 'revoked',
      revokedAt: NOW + 60,
      revokeReason: 'lost',
    });
    refusal('KEY_REVOKED', () => revokeKey(ports, actor, { key: key.id }));
    refusal('KEY_REVOKED', () => renameKey(ports, actor, { key: key.id, name: 'x' }));
    refusal('KEY_REVOKED', () => markSaved(ports, actor, { key: key.id }));
  });

  it('refuses its credentials, with time and reason', async () => {
    const { ports, actor, store, key } = await withKey();
    revokeKey(ports, actor, { key: key.id });
    expect(store.credentials(key.ref)).toMatchObject([
      { state: 'refused', refusedAt: NOW, refusedReason: 'revoked' },
    ]);
    removeKey(ports, actor, { key: key.id });
    expect(store.credentials(key.ref)).toMatchObject([{ state: 'refused', refusedReason: 'revoked' }]);
  });

  it('is possible with a clock that is behind', async () => {
    const { ports, actor, clock, key } = await withKey();
    clock.now = NOW - 3600;
    expect(revokeKey(ports, actor, { key: key.id }).status).toBe('revoked');
  });
});

describe('removing a key', () => {
  it('takes it off the list and leaves a tombstone that keeps what it was', async () => {
    const { ports, actor, store, key } = await withKey();
    removeKey(ports, actor, { key: key.id, reason: 'gone' });
    expect(store.key(key.id)).toBeUndefined();
    expect(store.tombstone(key.id)).toMatchObject({
      id: key.id,
      removedAt: NOW,
      reason: 'gone',
      tampered: false,
    });
    expect(store.tombstone(key.id)?.key).toMatchObject({
      name: 'ci',
      status: 'revoked',
      revokeReason: 'gone',
      permissions: ['people:read'],
    });
    expect(store.credentials(key.ref)).toHaveLength(1);
  });

  it('keeps when and why it was revoked before', async () => {
    const { ports, actor, store, clock, key } = await withKey();
    revokeKey(ports, actor, { key: key.id, reason: 'lost' });
    clock.now = NOW + 60;
    removeKey(ports, actor, { key: key.id, reason: 'tidying' });
    expect(store.tombstone(key.id)?.key).toMatchObject({ revokedAt: NOW, revokeReason: 'lost' });
  });
});

describe('marking as saved', () => {
  it('happens once, for key and credential', async () => {
    const { ports, actor, store, clock, key } = await withKey();
    expect(markSaved(ports, actor, { key: key.id }).savedAt).toBe(NOW);
    expect(store.credentials(key.ref)[0]?.savedAt).toBe(NOW);
    const before = store.head();
    clock.now = NOW + 60;
    expect(markSaved(ports, actor, { key: key.id }).savedAt).toBe(NOW);
    expect(store.head()).toEqual(before);
  });
});
