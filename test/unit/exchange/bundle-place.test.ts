import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunJob } from '../../../main/exchange/background.ts';
import { exportBundle } from '../../../main/exchange/export-bundle.ts';
import { inThisThread, readBundle, readZip, textOf } from '../../fixtures/bundles.ts';
import { populated } from '../../fixtures/edited-by-hand.ts';
import { modeOf } from '../../rig/file-mode.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

async function withPlaces() {
  const installation = await populated();
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder, name);
  const put = (out: string, replace = false, run: RunJob = inThisThread(installation)) =>
    exportBundle(installation, run, { service: 'team-api', out, replace });
  /** Tries a place that is refused, and looks whether everything is as it was. */
  const refused = async (out: string, replace: boolean, code = 'FILE_EXISTS', run?: RunJob) => {
    const names = () => readdirSync(folder, { recursive: true }).sort();
    const before = [fingerprint(folder), names()];
    const head = installation.store.head();
    const refusal = await put(out, replace, run).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code, field: 'out' });
    expect([fingerprint(folder), names()]).toEqual(before);
    expect(installation.store.head(), 'no number was given').toEqual(head);
    return (refusal as Error).message;
  };
  return { ...installation, folder, inside, put, refused };
}

function putFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'x');
}

function linkTo(path: string, make: (target: string) => unknown): void {
  make(`${path}-real`);
  symlinkSync(`${path}-real`, path);
}

const sequenceIn = (folder: string) => JSON.parse(textOf(readBundle(folder), 'manifest.json')).sequence;

describe('a bundle goes', () => {
  it('into a new folder that nobody else can read, and nothing is beside it', async () => {
    const { folder, inside, put } = await withPlaces();
    const { out } = await put(inside('new'));
    expect(readdirSync(folder)).toEqual(['new']);
    expect([modeOf(out), modeOf(join(out, 'haproxy'))]).toEqual(['700', '700']);
    const files = [...readBundle(out).keys()];
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) expect(modeOf(join(out, name)), name).toBe('600');
  });

  it('into a new file that nobody else can read, however its name is spelled', async () => {
    const { folder, inside, put } = await withPlaces();
    for (const name of ['a.zip', 'b.ZIP']) {
      const { out } = await put(inside(name));
      expect(modeOf(out)).toBe('600');
      expect([...(await readZip(out)).keys()]).toContain('manifest.jws');
    }
    expect(readdirSync(folder).sort()).toEqual(['a.zip', 'b.ZIP']);
  });

  it('into an empty folder, also with a slash behind its name', async () => {
    const { folder, inside, put } = await withPlaces();
    mkdirSync(inside('empty'), { mode: 0o755 });
    expect((await put(`${inside('empty')}/`)).out).toBe(inside('empty'));
    expect(sequenceIn(inside('empty'))).toBe(1);
    expect([readdirSync(folder), modeOf(inside('empty'))]).toEqual([['empty'], '700']);
  });

  it('in the place of a bundle only when told, and then as a whole', async () => {
    const { folder, inside, put, refused } = await withPlaces();
    await put(inside('bundle'));
    await put(inside('bundle.zip'));
    expect(await refused(inside('bundle'), false)).toContain('holds a bundle already');
    expect(await refused(inside('bundle.zip'), false)).toContain('holds a bundle already');
    await put(inside('bundle'), true);
    await put(inside('bundle.zip'), true);
    expect(sequenceIn(inside('bundle'))).toBe(3);
    const manifest = textOf(await readZip(inside('bundle.zip')), 'manifest.json');
    expect(JSON.parse(manifest).sequence).toBe(4);
    expect(readdirSync(folder).sort()).toEqual(['bundle', 'bundle.zip']);
  });

  it('to the folder that the name leads to from here', async () => {
    const { folder, inside, put } = await withPlaces();
    mkdirSync(inside('sub'));
    const { out } = await put(`${inside('sub')}/../other/`);
    expect(out).toBe(inside('other'));
    expect(readdirSync(folder).sort()).toEqual(['other', 'sub']);
  });
});

describe('a bundle is refused, whether it may replace one or not, and everything stays as it is,', () => {
  it.each<readonly [string, (at: string) => void]>([
    ['a folder with other files', at => putFile(join(at, 'thesis'))],
    ['a folder with folders', at => mkdirSync(join(at, 'deep'), { recursive: true })],
    ['a file', putFile],
    ['a link to a folder', at => linkTo(at, target => mkdirSync(target))],
    ['a link to nothing', at => symlinkSync(`${at}-nowhere`, at)],
  ])('where %s is', async (_what, make) => {
    const { inside, refused } = await withPlaces();
    make(inside('there'));
    for (const replace of [false, true])
      expect(await refused(inside('there'), replace)).toMatch(/^\S+ is a /);
  });

  it.each<readonly [string, (at: string) => void]>([
    ['a folder', at => void mkdirSync(at)],
    ['a link to a file', at => linkTo(at, putFile)],
    ['a link to a device', at => symlinkSync('/dev/null', at)],
  ])('as one file where %s is', async (_what, make) => {
    const { inside, refused } = await withPlaces();
    make(inside('there.zip'));
    for (const replace of [false, true])
      expect(await refused(inside('there.zip'), replace)).toMatch(/^\S+ is a /);
  });

  it('where a bundle has a file of somebody else in it', async () => {
    const { inside, put, refused } = await withPlaces();
    await put(inside('bundle'));
    writeFileSync(join(inside('bundle'), 'haproxy', 'my.map'), 'mine');
    expect(await refused(inside('bundle'), true)).toContain('other files');
  });

  it('where a bundle that was cut off is', async () => {
    const { inside, put, refused } = await withPlaces();
    await put(inside('bundle'));
    const manifest = join(inside('bundle'), 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').slice(0, 100));
    expect(await refused(inside('bundle'), true)).toContain('other files');
  });

  it.each(['bundle', 'bundle.zip'])('under a folder that is not there, or that is a file: %s', async name => {
    const { inside, refused } = await withPlaces();
    expect(await refused(inside(`missing/${name}`), false, 'FILE_UNWRITABLE')).toContain(
      'its folder does not exist',
    );
    writeFileSync(inside('file'), 'x');
    expect(await refused(inside(`file/${name}`), true, 'FILE_UNWRITABLE')).toContain('its folder is a file');
  });
});

describe('what came to a place while a bundle was written', () => {
  it('is left as it is', async () => {
    const { put, ...session } = await withPlaces();
    const folder = temporaryFolder();
    const inside = (name: string) => join(folder, name);
    for (const name of ['bundle', 'bundle.zip']) {
      const meanwhile: RunJob = async (job, watch) => {
        const result = await inThisThread(session)(job, watch);
        writeFileSync(inside(name), 'somebody else’s');
        return result;
      };
      await expect(put(inside(name), false, meanwhile)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
      expect(readFileSync(inside(name), 'utf8')).toBe('somebody else’s');
    }
    expect(readdirSync(folder).sort()).toEqual(['bundle', 'bundle.zip']);
  });
});
