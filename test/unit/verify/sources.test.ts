import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openBundle } from '../../../main/verify/index.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';
import { handmadeBundle, inFolder, inZip, NOW, trustDocument } from '../../fixtures/handmade-bundle.ts';
import { handmadeZip, type ZipEntry } from '../../fixtures/handmade-zip.ts';

const options = { trust: trustDocument(), at: NOW };
const bundle = handmadeBundle();
const entries: readonly ZipEntry[] = [...bundle.files].map(([name, data]) => ({ name, data }));
const openZip = (more: readonly ZipEntry[]) => openBundle(inZip(handmadeZip(more)), options);
const replaced = (name: string, change: Partial<ZipEntry>) =>
  entries.map(entry => (entry.name === name ? { ...entry, ...change } : entry));
const small = Buffer.from('x');

describe('a folder', () => {
  it('may be reached through a link', async () => {
    const folder = inFolder(bundle);
    const link = `${folder}-current`;
    symlinkSync(folder, link);
    await expect(openBundle(link, options)).resolves.toBeTruthy();
  });

  it('has no links in it, to files or folders', async () => {
    const folder = inFolder(bundle);
    renameSync(join(folder, 'keys.ndjson'), `${folder}-keys.ndjson`);
    symlinkSync(`${folder}-keys.ndjson`, join(folder, 'keys.ndjson'));
    await refusedBundle('BUNDLE_NAME_INVALID', 'keys.ndjson', openBundle(folder, options));
    const second = inFolder(bundle);
    renameSync(join(second, 'haproxy'), `${second}-haproxy`);
    symlinkSync(`${second}-haproxy`, join(second, 'haproxy'));
    await refusedBundle('BUNDLE_NAME_INVALID', 'haproxy', openBundle(second, options));
  });

  it('has no pipes in it, and is not waited for', async () => {
    const folder = inFolder(bundle);
    if (spawnSync('mkfifo', [join(folder, 'pipe')]).status !== 0) return expect.fail('mkfifo is missing');
    await refusedBundle('BUNDLE_NAME_INVALID', 'pipe', openBundle(folder, options));
    await refusedBundle('BUNDLE_UNREADABLE', null, openBundle(join(folder, 'pipe'), options));
  });

  it('has no folders inside folders, and no odd names', async () => {
    const folder = inFolder(bundle);
    mkdirSync(join(folder, 'haproxy', 'deeper'));
    await refusedBundle('BUNDLE_NAME_INVALID', 'haproxy/deeper', openBundle(folder, options));
    const odd = inFolder({ files: new Map(bundle.files).set('odd name', small) });
    await refusedBundle('BUNDLE_NAME_INVALID', 'odd name', openBundle(odd, options));
  });
});

describe('a zip', () => {
  it('may be stored or deflated', async () => {
    const stored = entries.map(entry => ({ ...entry, stored: true }));
    await expect(openZip(stored)).resolves.toBeTruthy();
    await expect(openZip(entries)).resolves.toBeTruthy();
  });

  it.each([
    '../keys.ndjson',
    '/keys.ndjson',
    'a\\b',
    '..',
    'haproxy/',
    'haproxy/../x',
    'a/b/c',
    'C:a',
    './a',
    'a\u0001',
  ])('has no entry named %j', async name => {
    const shown = name.replace('\u0001', '?');
    await refusedBundle('BUNDLE_NAME_INVALID', shown, openZip([...entries, { name, data: small }]));
  });

  it('has no links in it', async () => {
    const link = replaced('keys.ndjson', { mode: 0o120777 });
    await refusedBundle('BUNDLE_NAME_INVALID', 'keys.ndjson', openZip(link));
  });

  it('has no name twice', async () => {
    await refusedBundle(
      'BUNDLE_NAME_INVALID',
      'keys.ndjson',
      openZip([...entries, { name: 'keys.ndjson', data: small }]),
    );
  });

  it('has no encrypted entries', async () => {
    await refusedBundle('BUNDLE_UNREADABLE', 'keys.ndjson', openZip(replaced('keys.ndjson', { flags: 1 })));
  });

  it('has nothing that the manifest does not list', async () => {
    await refusedBundle('BUNDLE_FILE_UNLISTED', 'more', openZip([...entries, { name: 'more', data: small }]));
  });

  it('does not unpack a manifest beyond its limit, whatever size is stated', async () => {
    const bomb = Buffer.alloc(50_000_000);
    await refusedBundle(
      'BUNDLE_TOO_LARGE',
      'manifest.json',
      openZip(replaced('manifest.json', { data: bomb })),
    );
    const lie = { data: bomb, statedSize: 100 };
    await refusedBundle('BUNDLE_TOO_LARGE', 'manifest.json', openZip(replaced('manifest.json', lie)));
  });

  it('does not unpack a file beyond its signed size, whatever size is stated', async () => {
    const size = bundle.files.get('gitleaks.toml')?.length ?? 0;
    const lie = { data: Buffer.alloc(50_000_000), statedSize: size };
    await refusedBundle('BUNDLE_FILE_CHANGED', 'gitleaks.toml', openZip(replaced('gitleaks.toml', lie)));
  });

  it('names a file whose packed bytes were changed', async () => {
    const bytes = handmadeZip(entries);
    const at = bytes.indexOf('jwks.json') + 'jwks.json'.length + 5;
    for (let index = at; index < at + 20; index += 1) bytes[index] = 0xff;
    await refusedBundle('BUNDLE_FILE_CHANGED', 'jwks.json', openBundle(inZip(bytes), options));
  });

  it('is read as another program wrote it, with sizes behind the data', async () => {
    const zip = new ZipFile();
    for (const [name, data] of bundle.files) zip.addReadStream(Readable.from([data]), name);
    zip.end();
    const parts: Buffer[] = [];
    for await (const part of zip.outputStream) parts.push(Buffer.from(part));
    await expect(openBundle(inZip(Buffer.concat(parts)), options)).resolves.toMatchObject({ sequence: 1 });
  });

  it.runIf(existsSync('/proc/self/fd'))('leaves no file open, read or refused', async () => {
    const opened = () => readdirSync('/proc/self/fd').length;
    const before = opened();
    const lie = { data: Buffer.alloc(50_000_000), statedSize: 100 };
    await openZip(entries);
    await openZip(replaced('manifest.json', lie)).catch(() => {});
    await openZip([...entries, { name: '..', data: small }]).catch(() => {});
    await openBundle(inFolder({ files: new Map(bundle.files).set('jwks.json', small) }), options).catch(
      () => {},
    );
    await expect.poll(opened).toBeLessThanOrEqual(before);
  });

  it('is refused when its end is missing', async () => {
    const path = inZip(bundle);
    truncateSync(path, 900);
    await refusedBundle('BUNDLE_UNREADABLE', null, openBundle(path, options));
  });

  it('is refused when it has more entries than any export', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({
      name: `f${index}`,
      data: small,
      stored: true,
    }));
    await refusedBundle('BUNDLE_TOO_LARGE', null, openZip(many));
  });
});
