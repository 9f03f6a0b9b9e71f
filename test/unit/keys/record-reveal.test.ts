import { describe, expect, it } from 'vitest';
import { knownTo } from '../../../main/keys/bundle-changes.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { markSaved } from '../../../main/keys/mark-saved.ts';
import { recordReveal } from '../../../main/keys/record-reveal.ts';
import { removeKey } from '../../../main/keys/remove-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { exportedBundle } from '../../fixtures/bundles.ts';
import { findings, run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { addedOperator } from '../../fixtures/operators.ts';

async function withKey() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const issued = createKey(ports, actor, { service: 'team-api', name: 'ci' });
  return { ...installation, ...issued };
}

describe('a secret that is handed out', () => {
  it('is written down with who took it and how, never with the secret', async () => {
    const { ports, actor, store, key, token, ...rest } = await withKey();
    for (const how of ['shown', 'copied', 'saved'] as const) recordReveal(ports, actor, { key: key.id, how });
    const entries = store.audit({ action: 'key.reveal', limit: 10 });
    expect(entries.map(({ actor, subject, before, after }) => [actor, subject.id, before, after])).toEqual(
      ['saved', 'copied', 'shown'].map(how => [actor.name, key.id, null, { how }]),
    );
    expect(JSON.stringify(entries)).not.toContain(token.slice(-49, -6));
    expect(await findings({ ...rest, store, actor, ports })).toEqual([]);
  });

  it('can be confirmed as saved afterwards, as the secret that it is', async () => {
    const { ports, actor, store, key } = await withKey();
    recordReveal(ports, actor, { key: key.id, how: 'shown' });
    expect(markSaved(ports, actor, { key: key.id, hint: key.hint }).savedAt).not.toBeNull();
    expect(store.key(key.id)).toMatchObject({ tampered: false, hint: key.hint });
  });

  it('changes nothing that a bundle says', async () => {
    const installation = await withKey();
    const { ports, actor, store, key } = installation;
    const { bundle } = await exportedBundle(installation, 'team-api');
    recordReveal(ports, actor, { key: key.id, how: 'copied' });
    const { keys: since } = knownTo(store.latestBundle(bundle.serviceRef));
    expect(store.key(key.id)?.auditSeq).toBeGreaterThan(since);
    expect(store.isChangedSince(key.ref, since)).toBe(false);
    expect(store.changedKeys(bundle.serviceRef, since, store.head().seq)).toEqual([]);
  });

  it('may be one of a key that was revoked meanwhile, but not of one that is gone', async () => {
    const { ports, actor, store, key } = await withKey();
    revokeKey(ports, actor, { key: key.id });
    recordReveal(ports, actor, { key: key.id, how: 'shown' });
    expect(store.key(key.id)).toMatchObject({ status: 'revoked', tampered: false });
    removeKey(ports, actor, { key: key.id });
    const head = store.head();
    refusal('KEY_NOT_FOUND', () => recordReveal(ports, actor, { key: key.id, how: 'shown' }));
    expect(store.head()).toEqual(head);
  });

  it('is refused where the key was edited by hand: the entry would seal it anew', async () => {
    const { ports, actor, key, ...rest } = await withKey();
    run({ ...rest, ports, actor }, "UPDATE key SET owner = 'mallory'");
    refusal('TAMPERED', () => recordReveal(ports, actor, { key: key.id, how: 'shown' }));
    expect(rest.store.key(key.id)?.tampered).toBe(true);
  });

  it('is not for viewers', async () => {
    const installation = await withKey();
    const viewer = addedOperator(installation, 'Vic', 'viewer');
    refusal('NOT_ALLOWED', () =>
      recordReveal(installation.ports, viewer, { key: installation.key.id, how: 'shown' }),
    );
  });
});
