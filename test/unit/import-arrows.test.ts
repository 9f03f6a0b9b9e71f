import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

const FORBIDDEN = [
  ['main/keys', '../store/create-store.ts'],
  ['main/keys', '../trust/vault.ts'],
  ['main/keys', 'better-sqlite3'],
  ['main/keys', 'electron'],
  ['main/store', '../trust/vault.ts'],
  ['main/store', 'keytar'],
  ['main/trust', '../cli/io.ts'],
  ['main/exchange', 'electron'],
  ['main/verify', '../keys/ids.ts'],
  ['main/cli', '../desktop/main-window.ts'],
  ['main/cli', 'better-sqlite3'],
  ['main/desktop', '../cli/io.ts'],
  ['preload', '../main/store/create-store.ts'],
  ['renderer/keys', '../../main/keys/key.ts'],
  ['renderer/keys', 'electron'],
  ['renderer/keys', 'node:fs'],
] as const;

const ALLOWED = [
  ['main/trust', '../store/create-store.ts'],
  ['main/cli', '../keys/create-key.ts'],
  ['main/desktop', 'electron'],
  ['preload', '../main/keys/key.ts'],
  ['renderer/keys', '../../preload/contract.ts'],
] as const;

/** Where the file that tries one import stands. */
const fileOf = (folder: string, specifier: string) =>
  `${folder}/imports-${specifier.replace(/\W+/g, '-')}.ts`;

let folder = '';
let report = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keysmith-arrows-'));
  const config = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
  );
  for (const [place, specifier] of [...FORBIDDEN, ...ALLOWED]) {
    const file = join(folder, fileOf(place, specifier));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import * as it from '${specifier}';\n\nexport { it };\n`);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/@biomejs/biome/bin/biome'),
      'lint',
      '--colors=off',
      '--max-diagnostics=none',
      '--only=style/noRestrictedImports',
      '.',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  report = stdout + stderr;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('imports go one way', () => {
  it.each(FORBIDDEN)('%s may not import %s', (place, specifier) => {
    expect(report).toMatch(
      new RegExp(
        `${fileOf(place, specifier).replaceAll('/', '[/\\\\]')}:\\d+:\\d+ lint/style/noRestrictedImports`,
      ),
    );
  });

  it.each(ALLOWED)('%s may import %s', (place, specifier) => {
    expect(report).not.toContain(fileOf(place, specifier).split('/').slice(-2).join('/'));
  });
});
