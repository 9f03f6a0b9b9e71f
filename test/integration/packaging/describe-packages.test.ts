import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describePackages } from '../../../packaging/describe-packages.ts';
import { type Bill, npmBill } from '../../../packaging/npm-bill.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

let all: Bill;
beforeAll(() => {
  all = npmBill();
});

const CLI = 'keysmith-cli-linux-x64.tar.gz';
const DEB = 'keysmith_0.1.0_amd64.deb';
const DMG = 'keysmith-desktop-0.1.0-macos-arm64.dmg';

it('puts a sum and a bill beside each package, and beside nothing else', async () => {
  const folder = packages(CLI, DEB, 'builder-debug.yml');
  await describePackages(folder, all);
  expect(readdirSync(folder).sort()).toEqual(
    ['builder-debug.yml', ...[CLI, DEB].flatMap(name => [name, `${name}.cdx.json`, `${name}.sha256`])].sort(),
  );
  const sum = createHash('sha256').update(CLI).digest('hex');
  expect(readFileSync(join(folder, `${CLI}.sha256`), 'utf8')).toBe(`${sum}  ${CLI}\n`);
  expect(billIn(folder, CLI).metadata.component).toMatchObject({
    name: 'keysmith',
    hashes: [{ alg: 'SHA-256', content: sum }],
  });
});

it('a bill names what is in the package: also what package.json has for development, if it is bundled', async () => {
  const folder = packages(CLI, DEB, DMG);
  await describePackages(folder, all);
  const [cli, deb, dmg] = [namesIn(folder, CLI), namesIn(folder, DEB), namesIn(folder, DMG)];
  for (const name of ['better-sqlite3', 'keytar', 'zod', 'age-encryption'])
    for (const names of [cli, deb, dmg]) expect(names).toContain(name);
  for (const name of ['react', '@mantine/core', '@tanstack/react-query', 'dayjs']) {
    expect(deb).toContain(name);
    expect(dmg).toContain(name);
    expect(cli).not.toContain(name);
  }
  // Each runs on a program of its own; a Linux package brings both.
  const runtimes = [cli, deb, dmg].map(names => ['electron', 'node'].filter(name => names.includes(name)));
  expect(runtimes).toEqual([['node'], ['electron', 'node'], ['electron']]);
  for (const name of [
    'vite',
    'typescript',
    'vitest',
    '@playwright/test',
    'electron-builder',
    'node-addon-api',
  ])
    expect([...cli, ...deb, ...dmg]).not.toContain(name);
});

it('a bill hangs together: everything it refers to is in it, once, with a licence and a sum', async () => {
  const folder = packages(DEB);
  await describePackages(folder, all);
  const bill = billIn(folder, DEB);
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
  const refs = bill.components.map(component => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  const known = new Set([bill.metadata.component['bom-ref'], ...refs]);
  for (const { ref, dependsOn = [] } of bill.dependencies)
    expect([ref, ...dependsOn].filter(name => !known.has(name))).toEqual([]);
  for (const { name, licenses, hashes, purl, scope } of bill.components)
    expect({ name, licenses, hashes, purl, scope }).toEqual({
      name,
      licenses: [expect.anything()],
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      purl: expect.stringMatching(/^pkg:npm\//),
      scope: 'required',
    });
});

function packages(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
}

function billIn(folder: string, name: string): Bill {
  return JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8')) as Bill;
}

function namesIn(folder: string, name: string): readonly string[] {
  return billIn(folder, name).components.map(component => component.name);
}
