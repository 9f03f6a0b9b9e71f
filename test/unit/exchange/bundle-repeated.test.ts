import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesIn } from '../../../main/exchange/bundle-place.ts';
import { zipBundle } from '../../../main/exchange/zip-bundle.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { type BundleFiles, exportedBundle, textOf } from '../../fixtures/bundles.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { populate } from '../../fixtures/key-crowd.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** Files that carry a number, times or a signature. */
const SIGNED = new Set(['manifest.json', 'manifest.jws', 'haproxy/haproxy.cfg', 'status-1.jwt']);

async function withCrowd() {
  const installation = await testInstallation();
  const { ports, actor } = installation;
  populate(installation);
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  for (const name of ['one', 'two', 'three'])
    createKey(ports, actor, { service: 'sc', name, roles: [{ role: 'global-viewer', accounts: null }] });
  return installation;
}

/** What is left of a signed file without number, times, head of the log and signature. */
function lasting(name: string, files: BundleFiles): unknown {
  const text = textOf(files, name);
  switch (name) {
    case 'manifest.json': {
      const {
        sequence: _s,
        previous: _p,
        issued_at: _i,
        expires_at: _e,
        audit: _a,
        ...rest
      } = JSON.parse(text);
      const hashes = Object.entries(rest.files).map(([file, hash]) => [file, SIGNED.has(file) ? '' : hash]);
      return { ...rest, files: hashes };
    }
    case 'status-1.jwt': {
      const { iat: _i, exp: _e, ...rest } = decodeJwt(text);
      return rest;
    }
    case 'haproxy/haproxy.cfg':
      return text.replace(/^# Bundle \d+, to be used until \S+;/m, '').replace(/\{ date ge \d+ \}/, '');
    default:
      return '';
  }
}

describe('the same state, exported twice', () => {
  it.each(['team-api', 'support-api', 'wide', 'sc'])(
    'gives the same bytes for %s but for number, times, head of the log and signatures',
    async service => {
      const installation = await withCrowd();
      const first = await exportedBundle(installation, service);
      installation.clock.now += 5;
      const second = await exportedBundle(installation, service);
      expect([...second.files.keys()]).toEqual([...first.files.keys()]);
      expect(textOf(first.files, 'keys.ndjson').length).toBeGreaterThan(0);
      for (const [name, bytes] of first.files) {
        expect(second.files.get(name)?.equals(bytes), name).toBe(!SIGNED.has(name));
        expect(lasting(name, second.files), name).toEqual(lasting(name, first.files));
      }
    },
  );

  it('gives the same files in one file', async () => {
    const installation = await withCrowd();
    const folder = await exportedBundle(installation, 'support-api');
    const zip = await exportedBundle(installation, 'support-api', { out: join(temporaryFolder(), 'b.zip') });
    expect([...zip.files.keys()].sort()).toEqual([...folder.files.keys()]);
    for (const [name, bytes] of folder.files) {
      if (!SIGNED.has(name)) expect(zip.files.get(name)?.equals(bytes), name).toBe(true);
      expect(lasting(name, zip.files), name).toEqual(lasting(name, folder.files));
    }
  });
});

describe('a folder that is put into one file', () => {
  it('gives the same bytes in every time zone, whenever its files were written', async () => {
    const installation = await withCrowd();
    const { TZ } = process.env;
    onTestFinished(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });
    const { out } = await exportedBundle(installation, 'support-api');
    const names = filesIn(out);
    const large = names.filter(name => name.endsWith('.ndjson'));
    const zipped: Buffer[] = [];
    const hours = new Set<number>();
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Africa/Monrovia', 'UTC']) {
      process.env.TZ = zone;
      hours.add(new Date(0).getHours());
      const path = join(temporaryFolder(), 'bundle.zip');
      await zipBundle(path, out, large, () => names.filter(name => !large.includes(name)));
      zipped.push(readFileSync(path));
    }
    expect(hours.size, 'the time zone was changed').toBeGreaterThan(2);
    for (const bytes of zipped) expect(bytes.equals(zipped[0] ?? Buffer.alloc(0))).toBe(true);
  });
});
