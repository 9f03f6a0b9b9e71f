import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compromiseSigningKey } from '../../../main/keys/compromise-signing-key.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import { importCatalog } from '../../../main/keys/import-catalog.ts';
import type { RoleGrant } from '../../../main/keys/key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import { rotateKey } from '../../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { toCatalog } from '../../../main/keys/service.ts';
import { SIGNING_ALGS, type SigningAlg } from '../../../main/keys/signing-key.ts';
import { exportFor, handOver, realTimeInstallation } from '../../fixtures/exported.ts';
import type { TestInstallation } from '../../fixtures/installation.ts';
import { whyNoPyJwt } from '../../rig/pyjwt.ts';
import { PYTHON } from '../../rig/python.ts';
import { recipe } from '../../rig/recipe.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const missing = whyNoPyJwt();

/** Opens bundles one after the other, each with the state of the one before, and asks the last. */
const ASK = `
import json, sys, jwt
from keysmith_bundle import Bundle, Refused
asked = json.load(sys.stdin)
trust, state, answers = json.load(open("trust.json")), None, []
def attempt(work):
    try:
        return work()
    except (Refused, jwt.PyJWTError) as refusal:
        return "refused: %s" % (refusal.args[0] if isinstance(refusal, Refused) else type(refusal).__name__)
for folder in asked["bundles"]:
    opened = attempt(lambda: Bundle(folder, trust, state, asked.get("now")))
    if isinstance(opened, Bundle):
        bundle, state = opened, opened.state
        answers.append(bundle.manifest["sequence"])
    else:
        answers.append(opened)
for question in asked["ask"]:
    answers.append(attempt(lambda: bundle.check(**question)))
json.dump(answers, sys.stdout)
`;

interface Asked {
  readonly bundles: readonly string[];
  readonly now?: number;
  readonly ask?: readonly object[];
}

function askPython(installation: TestInstallation, { ask = [], ...asked }: Asked): unknown {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'keysmith_bundle.py'), recipe('verifying.md', 'keysmith_bundle.py'));
  handOver(installation, cwd);
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', ASK], {
    cwd,
    input: JSON.stringify({ ...asked, ask }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.skipIf(missing !== undefined)(`the Python recipe${missing ? ` (${missing})` : ''}`, () => {
  test('judges opaque tokens by the files of a bundle', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    createService(ports, actor, { service: 'support-api', template: 'public-private-keys' });
    const create = (name: string, more: object = {}) =>
      createKey(ports, actor, { service: 'support-api', name, permissions: ['devices:read'], ...more });
    const good = create('good');
    const bound = create('bound', { allowedIps: '10.0.0.0/8 2001:db8::/32' });
    const [off, gone, rotated] = [create('off'), create('gone'), create('rotated')];
    disableKey(ports, actor, { key: off.key.id });
    revokeKey(ports, actor, { key: gone.key.id });
    rotateKey(ports, actor, { key: rotated.key.id, grace: '1h' });
    const { out, bundle } = await exportFor(installation, { service: 'support-api' });
    const ask = [
      { token: good.token, permission: 'devices:read' },
      { token: good.token, permission: 'sessions:create' },
      { token: `${good.token}x` },
      { token: bound.token, ip: '10.1.2.3' },
      { token: bound.token, ip: '2001:db8::1' },
      { token: bound.token, ip: '192.0.2.1' },
      { token: bound.token },
      { token: off.token },
      { token: gone.token },
      { token: rotated.token },
      { token: rotated.token, now: bundle.issuedAt + 3600 },
      { token: good.token, now: bundle.expiresAt },
    ];
    expect(askPython(installation, { bundles: [out], ask })).toEqual([
      1,
      good.key.id,
      'refused: not granted',
      'refused: unknown or revoked',
      bound.key.id,
      bound.key.id,
      'refused: address not allowed',
      'refused: address not allowed',
      'refused: disabled',
      'refused: unknown or revoked',
      rotated.key.id,
      'refused: expired',
      'refused: bundle ended',
    ]);
  });

  test.each(SIGNING_ALGS)('judges tokens signed with %s by signature, status list and grants', async alg => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    const create = await signedKeys(installation, alg);
    const viewer = create('viewer', [{ role: 'global-viewer', accounts: null }]);
    const some = create('some', [{ role: 'cloud-account-viewer', accounts: ['acc-1'] }]);
    const [off, gone] = ['off', 'gone'].map(name =>
      create(name, [{ role: 'global-viewer', accounts: null }]),
    );
    disableKey(ports, actor, { key: off?.key.id ?? '' });
    revokeKey(ports, actor, { key: gone?.key.id ?? '' });
    const { out } = await exportFor(installation, { service: 'sc' });
    const late = create('late', [{ role: 'global-viewer', accounts: null }]);
    const [head = '', body = '', signature = ''] = viewer.token.split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const ask = [
      { token: viewer.token, role: 'global-viewer' },
      { token: viewer.token, role: 'global-admin' },
      { token: some.token, role: 'cloud-account-viewer', account: 'acc-1' },
      { token: some.token, role: 'cloud-account-viewer', account: 'acc-2' },
      { token: some.token, role: 'cloud-account-viewer' },
      { token: off?.token },
      { token: gone?.token },
      { token: late.token },
      { token: `${unsigned}.${body}.` },
      { token: `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}` },
    ];
    expect(askPython(installation, { bundles: [out], ask })).toEqual([
      1,
      viewer.key.id,
      'refused: not granted',
      some.key.id,
      'refused: not granted',
      'refused: not granted',
      'refused: unknown, revoked or disabled',
      'refused: unknown, revoked or disabled',
      'refused: unknown, revoked or disabled',
      'refused: unknown key',
      'refused: InvalidSignatureError',
    ]);
  });

  test('takes bundles in their order, over a rotation of the trust key, and none that was changed', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    const next = () => exportFor(installation, { service: 'team-api' });
    const first = await next();
    await rotateSigningKey(ports, actor, { purpose: 'trust' });
    const [second, third] = [await next(), await next()];
    const changed = await next();
    const map = join(changed.out, 'haproxy/permissions.map');
    writeFileSync(map, `${readFileSync(map, 'utf8')}x`);
    const bundles = [first, second, third, second, changed].map(({ out }) => out);
    expect(askPython(installation, { bundles })).toEqual([
      1,
      2,
      3,
      'refused: rolled back, or of another line',
      'refused: haproxy/permissions.map was changed',
    ]);
    expect(askPython(installation, { bundles: [first.out], now: first.bundle.expiresAt })).toEqual([
      'refused: another issuer, or not its time',
    ]);
  });

  test('refuses what a compromised token key signed', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor, store } = installation;
    const create = await signedKeys(installation, 'ES256');
    const { token } = create('viewer', [{ role: 'global-viewer', accounts: null }]);
    await compromiseSigningKey(ports, actor, { kid: store.activeSigningKey('token')?.kid ?? '' });
    const { out } = await exportFor(installation, { service: 'sc' });
    expect(askPython(installation, { bundles: [out], ask: [{ token }] })).toEqual([
      1,
      'refused: unknown key',
    ]);
  });

  test('is used as the document says', async () => {
    const installation = await realTimeInstallation();
    const { ports, actor } = installation;
    const { key, token } = createKey(ports, actor, {
      service: 'team-api',
      name: 'good',
      permissions: ['computers:read'],
    });
    const folder = temporaryFolder();
    for (const name of ['keysmith_bundle.py', 'check.py'])
      writeFileSync(join(folder, name), recipe('verifying.md', name));
    handOver(installation, folder);
    await exportFor(installation, { service: 'team-api', out: join(folder, 'bundle') });
    const run = (input: string) => {
      const { status, stdout } = spawnSync(PYTHON, ['check.py'], { cwd: folder, input, encoding: 'utf8' });
      return { status, stdout };
    };
    expect(run(`${token}\n`)).toEqual({ status: 0, stdout: `valid ${key.id}\n` });
    expect(run('nonsense\n')).toEqual({ status: 1, stdout: 'refused unknown or revoked\n' });
  });
});

/** A service with roles whose tokens are signed with an algorithm, and how keys of it are made. */
async function signedKeys({ ports, actor, store }: TestInstallation, alg: SigningAlg) {
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  const ref = store.service('sc')?.ref;
  if (ref === undefined) throw new Error('there is no service');
  const accounts = ['acc-1', 'acc-2'].map(id => ({ id, title: id, description: '' }));
  importCatalog(ports, actor, { service: 'sc', catalog: { ...toCatalog(store.catalog(ref)), accounts } });
  await rotateSigningKey(ports, actor, { purpose: 'token', alg });
  return (name: string, roles: readonly RoleGrant[]) =>
    createKey(ports, actor, { service: 'sc', name, roles, expires: '30d' });
}
