import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireKey } from '../../../main/keys/look-up.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { callsApart, type Death, dieAtEveryCall, placeIn } from '../../rig/die-at-every-call.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { keysmith, openSession, PASSPHRASE, type Place } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const NEW = 'another passphrase';
const EVERY = callsApart(3);

test.for(['keychain', 'passphrase'])(
  'init into a %s, killed at any call, leaves an installation or the way to make one',
  async vault => {
    const argv = ['init', '--vault', vault];
    const passphrase = PASSPHRASE;
    const deaths = await dieAtEveryCall(
      temporaryFolder(),
      { argv, passphrase, every: EVERY },
      async ({ place, call }) => {
        const at = { ...place, passphrase };
        if (!existsSync(join(place.home, 'keysmith.db'))) {
          const again = await keysmith(at, ...argv, '--json');
          // A vault file that nobody knows the use of is never replaced: it is for the admin to move away.
          if (again.code !== 0) {
            expect(`${call}: ${refusalOf(again).code}`).toBe(`${call}: VAULT_EXISTS`);
            renameSync(join(place.home, 'vault.age'), join(temporaryFolder(), 'vault.age'));
            jsonOf(await keysmith(at, ...argv, '--json'));
          }
        }
        jsonOf(await keysmith(at, 'key', 'create', '--service', 'team-api', '--name', 'ci', '--json'));
        await expectUsable(at, call);
      },
    );
    expect(deaths).toBeGreaterThan(20);
  },
);

test.for([
  { from: 'keychain', to: 'passphrase' },
  { from: 'passphrase', to: 'keychain' },
])(
  'a move from $from to $to, killed at any call, leaves a vault that opens, and can be done again',
  async ({ from, to }) => {
    const original = await installationIn(from);
    const mortal = {
      argv: ['vault', 'move', '--to', to],
      passphrase: PASSPHRASE,
      newPassphrase: PASSPHRASE,
      every: EVERY,
    };
    const deaths = await dieAtEveryCall(original, mortal, async ({ place, call }) => {
      const at = { ...place, passphrase: PASSPHRASE, newPassphrase: PASSPHRASE };
      await expectUsable(at, call);
      const again = await keysmith(at, 'vault', 'move', '--to', to, '--json');
      if (again.code !== 0) expect(refusalOf(again).code).toBe('VAULT_KIND_INVALID');
      expect(jsonOf(await keysmith(at, 'vault', 'status', '--json'))).toMatchObject({
        vault: to,
        state: 'open',
      });
      await expectUsable(at, call);
    });
    expect(deaths).toBeGreaterThan(20);
  },
);

test('a change of passphrase, killed at any call, leaves a vault that the old one opens or the new one', async () => {
  const original = await installationIn('passphrase');
  const mortal = {
    argv: ['vault', 'change-passphrase'],
    passphrase: PASSPHRASE,
    newPassphrase: NEW,
    every: EVERY,
  };
  const opened = { [PASSPHRASE]: 0, [NEW]: 0 };
  await dieAtEveryCall(original, mortal, async ({ place, call }) => {
    for (const passphrase of [PASSPHRASE, NEW] as const) {
      const status = jsonOf(await keysmith({ ...place, passphrase }, 'vault', 'status', '--json'));
      if ((status as { state: string }).state !== 'open') continue;
      opened[passphrase] += 1;
      await expectUsable({ ...place, passphrase }, call);
    }
  });
  expect(opened[PASSPHRASE]).toBeGreaterThan(1);
  expect(opened[NEW]).toBeGreaterThan(1);
});

test('key create --out, killed at any call, leaves no key without its secret in the file', async () => {
  const original = await installationIn('passphrase');
  const argv = ['key', 'create', '--service', 'team-api', '--name', 'new', '--out', '{folder}/secret'];
  const seen = { key: 0, fileOnly: 0, neither: 0 };
  await dieAtEveryCall(original, { argv, passphrase: PASSPHRASE, every: EVERY }, async death => {
    seen[await whatIsLeft(death)] += 1;
  });
  expect(seen.key).toBeGreaterThan(0);
  expect(seen.fileOnly).toBeGreaterThan(0);
  expect(seen.neither).toBeGreaterThan(0);
});

async function whatIsLeft({ folder, place, call }: Death): Promise<'key' | 'fileOnly' | 'neither'> {
  const at = { ...place, passphrase: PASSPHRASE };
  const file = join(folder, 'secret');
  await expectUsable(at, call);
  const keys = jsonOf(await keysmith(at, 'key', 'list', '--json')) as readonly { name: string }[];
  const listed = keys.filter(({ name }) => name === 'new');
  if (existsSync(file)) expect(modeOf(file)).toBe('600');
  if (listed.length === 0) return existsSync(file) ? 'fileOnly' : 'neither';
  const found = await keysmith({ ...at, input: readFileSync(file, 'utf8') }, 'key', 'find', '--json');
  expect(jsonOf(found), call).toMatchObject([{ match: 'token', proven: true, key: { name: 'new' } }]);
  return 'key';
}

/** A folder with an installation that has one key, `ci`. */
async function installationIn(vault: string): Promise<string> {
  const folder = temporaryFolder();
  const at = { ...placeIn(folder), passphrase: PASSPHRASE };
  jsonOf(await keysmith(at, 'init', '--vault', vault, '--json'));
  jsonOf(await keysmith(at, 'key', 'create', '--service', 'team-api', '--name', 'ci', '--json'));
  return folder;
}

async function expectUsable(at: Place, call: string): Promise<void> {
  const session = await openSession(at);
  try {
    expect(requireKey(session.store, 'team-api/ci'), call).toMatchObject({ name: 'ci', tampered: false });
    expect(session.logShortened, call).toBe(false);
    expect(await verifyAudit(session), call).toMatchObject({ ok: true, findings: [] });
  } finally {
    await session.close();
  }
}
