import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import type { KeyTexts } from '../../../main/keys/draft-many.ts';
import { issueMany } from '../../../main/keys/issue-many.ts';
import { parseJwt } from '../../../main/keys/jwt.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { type SignedAhead, signAhead, timeOf } from '../../../main/keys/sign-ahead.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { NOW, type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

const none = () => ({ before: new Set<string>(), own: new Set<string>() });

function texts(nth: number): KeyTexts {
  return {
    name: `key ${nth}`,
    description: '',
    owner: '',
    kind: '',
    permissions: '',
    roles: 'global-viewer',
    allowedIps: '',
    expires: '',
  };
}

const THREE = [texts(1), texts(2), texts(3)];

/** An installation with a service whose keys are JWTs, one of which exists. */
async function cloud() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  const service = createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  createKey(ports, actor, {
    service: 'sc',
    name: 'first',
    roles: [{ role: 'global-viewer', accounts: null }],
  });
  return { ...installation, service };
}

/** Issues the three keys, and counts the signatures that this needed. */
function issueThree({ ports, actor, store, clock }: TestInstallation, ahead: SignedAhead | undefined) {
  let signed = 0;
  const signing: typeof ports.signing = {
    ...ports.signing,
    sign(key, data) {
      signed += 1;
      return ports.signing.sign(key, data);
    },
  };
  const issued = store.change(
    actor,
    () => clock.now,
    (tx, now) => issueMany(tx, { ...ports, signing }, actor, { service: 'sc', keys: THREE, now, ahead }),
  );
  return { issued, signed };
}

/** Each token is what the key that signs now signed, of its own key. */
function expectSound({ ports, store }: TestInstallation, issued: ReturnType<typeof issueThree>['issued']) {
  const key = store.activeSigningKey('token');
  expect(issued).toHaveLength(3);
  for (const { token, keyId } of issued) {
    const parts = parseJwt(token);
    expect(parts?.kid).toBe(key?.kid);
    expect(parts?.claims.sub).toBe(keyId);
    expect(key && parts && ports.signing.verify(key, parts.input, parts.signature)).toBe(true);
  }
  const places = store.connection
    .prepare("SELECT status_list_ref || '/' || status_index AS place FROM credential WHERE format = 'jwt'")
    .all()
    .map(({ place }) => place);
  expect(places.length).toBeGreaterThan(3);
  expect(new Set(places).size).toBe(places.length);
  expect(verifyStore(store.connection).findings).toEqual([]);
}

const THREE_KEYS = { service: 'sc', keys: THREE, now: NOW };

describe('tokens that are signed ahead', () => {
  it('are those of the keys, and are not signed again', async () => {
    const installation = await cloud();
    const drawn = none();
    const ahead = await signAhead(installation.ports, THREE_KEYS, drawn);
    expect(drawn.own.size).toBe(3);
    expect(installation.store.keyByName(installation.service.ref, 'key 1')).toBeUndefined();
    const { issued, signed } = issueThree(installation, ahead);
    expect(signed).toBe(0);
    expect(issued.map(({ keyId }) => keyId)).toEqual(ahead?.keys.map(({ id }) => id));
    expectSound(installation, issued);
  });

  it.each<[string, number, (installation: TestInstallation, ahead: SignedAhead) => void | Promise<void>]>([
    [
      'another key signs',
      3,
      async ({ ports, actor }) => void (await rotateSigningKey(ports, actor, { purpose: 'token' })),
    ],
    [
      'a second went by',
      3,
      ({ clock }) => {
        clock.now += 1;
      },
    ],
    [
      'one of their places was given',
      1,
      ({ ports, actor }, { keys }) => {
        const place = Buffer.alloc(4);
        place.writeUInt32BE(keys[1]?.token.index ?? 0);
        const random = (size: number) => (size === 4 ? place : ports.random(size));
        createKey({ ...ports, random }, actor, {
          service: 'sc',
          name: 'between',
          roles: [{ role: 'global-viewer', accounts: null }],
        });
      },
    ],
  ])('are signed anew where %s meanwhile', async (_what, expected, change) => {
    const installation = await cloud();
    const ahead = await signAhead(installation.ports, THREE_KEYS, none());
    if (!ahead) throw new Error('nothing was signed ahead');
    await change(installation, ahead);
    const { issued, signed } = issueThree(installation, ahead);
    expect(signed).toBe(expected);
    expectSound(installation, issued);
  });

  it('take no place that is about to be given', async () => {
    const { ports } = await cloud();
    // The same place again and again, and at last another one.
    const places = [7, 7, 7, 7, 7, 8, 9, 10, 11, 12];
    const random = (size: number) => {
      if (size !== 4) return ports.random(size);
      const place = Buffer.alloc(4);
      place.writeUInt32BE(places.shift() ?? 0);
      return place;
    };
    const first = none();
    await signAhead({ ...ports, random }, { ...THREE_KEYS, keys: [texts(1)] }, first);
    const second = { before: first.own, own: new Set<string>() };
    const ahead = await signAhead({ ...ports, random }, { ...THREE_KEYS, keys: [texts(2)] }, second);
    expect(ahead?.keys[0]?.token.index).toBe(8);
  });

  it('are none where there is nothing to sign, no key that signs, or a row that will be refused', async () => {
    const installation = await testInstallation();
    const { ports, actor } = installation;
    expect(await signAhead(ports, { ...THREE_KEYS, service: 'team-api' }, none())).toBeUndefined();
    createService(ports, actor, { service: 'sc', template: 'role-tokens' });
    expect(await signAhead(ports, THREE_KEYS, none())).toBeUndefined();
    createKey(ports, actor, {
      service: 'sc',
      name: 'first',
      roles: [{ role: 'global-viewer', accounts: null }],
    });
    const wrong = { ...texts(1), roles: 'no-such-role' };
    expect(await signAhead(ports, { ...THREE_KEYS, keys: [wrong] }, none())).toBeUndefined();
    expect(await signAhead(ports, THREE_KEYS, none())).toBeDefined();
  });
});

describe('the time of a transaction', () => {
  const ahead = { now: 100, keys: [], signatures: new Map() };

  it.each([
    ['theirs', 100, 90, 100],
    ['theirs for two seconds', 102, 100, 100],
    ['not theirs any more', 103, 90, 103],
    ['not before what was done since', 101, 101, 101],
    ['not in the future', 99, 90, 99],
  ])('is %s', (_what, now, latest, expected) => {
    expect(timeOf(ahead, now, latest)).toBe(expected);
  });

  it('is now where nothing was signed ahead', () => {
    expect(timeOf(undefined, 105, 90)).toBe(105);
  });
});
