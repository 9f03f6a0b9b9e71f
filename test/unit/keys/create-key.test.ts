import { describe, expect, it } from 'vitest';
import { type CreateKeyRequest, createKey } from '../../../main/keys/create-key.ts';
import { statusAt } from '../../../main/keys/key.ts';
import { tokenDigest } from '../../../main/keys/opaque-token.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const request = (change: Partial<CreateKeyRequest> = {}): CreateKeyRequest => ({
  service: 'team-api',
  name: 'ci',
  ...change,
});

describe('creating a key', () => {
  it('issues a token and keeps only its digest', async () => {
    const { ports, actor, store } = await testInstallation();
    const { key, token } = createKey(
      ports,
      actor,
      request({ permissions: ['people:read', 'computers:read', 'people:read'], owner: 'Ann' }),
    );
    expect(key).toMatchObject({
      name: 'ci',
      owner: 'Ann',
      kind: 'private',
      status: 'active',
      createdAt: NOW,
      createdBy: actor.name,
      savedAt: null,
      expiresAt: null,
    });
    expect(key.permissions, 'each once, in ASCII order').toEqual(['computers:read', 'people:read']);
    expect(token.startsWith('team_sk_')).toBe(true);
    const [credential] = store.credentials(key.ref);
    expect(credential?.digest?.equals(tokenDigest(token))).toBe(true);
    expect(JSON.stringify(credential)).not.toContain(token.slice(-49));
  });

  it('is in the audit log with what was decided, and without the secret', async () => {
    const { ports, actor, store } = await testInstallation();
    const { key, token } = createKey(ports, actor, request({ permissions: ['people:read'] }));
    const [entry] = store.audit({ limit: 1 });
    expect(entry).toMatchObject({
      action: 'key.create',
      actor: actor.name,
      at: NOW,
      subject: { kind: 'key', id: key.id, ref: key.ref },
      before: null,
    });
    expect(entry?.after).toMatchObject({ name: 'ci', permissions: ['people:read'] });
    expect(JSON.stringify(entry)).not.toContain(token.slice(-49, -10));
  });

  it.each<[string, CreateKeyRequest, Parameters<typeof refusal>[0], string]>([
    ['an empty name', request({ name: '' }), 'NAME_INVALID', 'name'],
    ['a name with a control character', request({ name: 'a\u0007' }), 'NAME_INVALID', 'name'],
    ['an unknown permission', request({ permissions: ['everything'] }), 'PERMISSION_UNKNOWN', 'permissions'],
    ['an expiry in the past', request({ expires: '2020-01-01' }), 'EXPIRY_IN_PAST', 'expires'],
    ['an expiry that is none', request({ expires: 'tomorrow' }), 'EXPIRY_INVALID', 'expires'],
    [
      'a description of 10 MB',
      request({ description: 'x'.repeat(10_000_000) }),
      'DESCRIPTION_INVALID',
      'description',
    ],
    ['a service that does not exist', request({ service: 'nowhere' }), 'SERVICE_NOT_FOUND', 'service'],
    ['a kind that the policy forbids', request({ kind: 'public' }), 'KIND_NOT_ALLOWED', 'kind'],
  ])('refuses %s and changes nothing', async (_, wrong, code, field) => {
    const { ports, actor, store } = await testInstallation();
    const before = store.head();
    expect(refusal(code, () => createKey(ports, actor, wrong)).field).toBe(field);
    expect(store.head()).toEqual(before);
  });

  it.each([
    ['ci', 'CI'],
    ['Straße', 'STRASSE'],
    ['caf\u00e9', 'CAFE\u0301'],
  ])('refuses a second %j written %j', async (first, second) => {
    const { ports, actor } = await testInstallation();
    createKey(ports, actor, request({ name: first }));
    const { message } = refusal('NAME_TAKEN', () => createKey(ports, actor, request({ name: second })));
    expect(message).toContain(first.normalize('NFC'));
  });

  it('may use the name of a removed key', async () => {
    const { ports, actor } = await testInstallation();
    const { key } = createKey(ports, actor, request());
    removeKey(ports, actor, { key: key.id });
    expect(createKey(ports, actor, request()).key.id).not.toBe(key.id);
  });

  it('counts as saved when its secret was kept before the key existed', async () => {
    const { ports, actor, store } = await testInstallation();
    let kept = '';
    const keep = (token: string) => {
      kept = token;
    };
    const { key, token } = createKey(ports, actor, request({ keep }));
    expect(kept).toBe(token);
    expect([key.savedAt, store.credentials(key.ref)[0]?.savedAt]).toEqual([NOW, NOW]);
  });

  it('makes no key when its secret could not be kept', async () => {
    const { ports, actor, store } = await testInstallation();
    const before = store.head();
    const keep = () => {
      throw new Error('no disk');
    };
    expect(() => createKey(ports, actor, request({ keep }))).toThrow('no disk');
    expect(store.head()).toEqual(before);
    expect(store.keys({ sort: { field: 'name', descending: false }, limit: 10 }, NOW).keys).toEqual([]);
  });

  it('makes no key when its secret could not be handed over', async () => {
    const { ports, actor, store } = await testInstallation();
    const before = store.head();
    const deliver = () => {
      throw new Error('no paper');
    };
    expect(() => createKey(ports, actor, request({ deliver }))).toThrow('no paper');
    expect(store.head()).toEqual(before);
  });

  it('is refused while the clock stands before the last change', async () => {
    const { ports, actor, clock } = await testInstallation();
    clock.now = NOW - 1;
    refusal('CLOCK_BEHIND', () => createKey(ports, actor, request()));
  });

  it('expires at its very second, and not before', async () => {
    const { ports, actor } = await testInstallation();
    const { key } = createKey(ports, actor, request({ expires: '1h' }));
    expect(statusAt(key, NOW + 3599)).toBe('active');
    expect(statusAt(key, NOW + 3600)).toBe('expired');
  });
});
