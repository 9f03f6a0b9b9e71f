import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import type { Io } from '../../../main/cli/io.ts';
import { buildProgram } from '../../../main/cli/run-cli.ts';
import { memoryKeychain } from '../../fixtures/memory-keychain.ts';
import { type ChangingCommand, everyChange, READING } from '../../rig/every-change.ts';
import { fingerprint } from '../../rig/fingerprint.ts';
import { keysmith, PASSPHRASE, type Place } from '../../rig/keysmith.ts';
import { jsonOf, refusalOf } from '../../rig/outcome.ts';
import { fillDisk, mountSmallDisk, type SmallDisk } from '../../rig/small-disk.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** What changes who can open the installation: tried where it is refused, and not done in between. */
const OPENING: readonly ChangingCommand[] = [
  { argv: ['vault', 'change-passphrase'] },
  { argv: ['lock', 'on'] },
  { argv: ['operator', 'add', 'Zoë', '--role', 'admin'] },
];
/** Needs one of those, or a key that nothing depends on; or makes an installation of its own; or has its own tests. */
const ELSEWHERE = [
  ...['init', 'demo', 'verify', 'signing-key retire', 'signing-key trust', 'lock off'],
  ...['key import', 'backup', 'restore', 'operator edit', 'operator remove', 'operator change-passphrase'],
];

const realNow = () => Math.floor(Date.now() / 1000);
const run = (place: Place, { argv, input }: ChangingCommand, ...more: string[]) =>
  keysmith({ ...place, ...(input !== undefined && { input }) }, ...argv, ...more, '--json');
const nameOf = ({ argv }: ChangingCommand) => argv.slice(0, 3).join(' ');
const verified = async (place: Place) => jsonOf(await keysmith(place, 'audit', 'verify', '--json'));
const placeIn = (home: string) => ({
  home,
  keychain: memoryKeychain(),
  passphrase: PASSPHRASE,
  newPassphrase: 'eleven geese under a blue bridge',
});

function leaves(command: Command, path: readonly string[] = []): readonly string[] {
  if (command.commands.length === 0) return [path.join(' ')];
  return command.commands.flatMap(child => leaves(child, [...path, child.name()]));
}

test('each command of the command line is tried here, changes nothing, or stands on a list', async () => {
  const commands = await everyChange(placeIn(join(temporaryFolder(), 'data')), temporaryFolder());
  const tried = [...commands, ...OPENING].map(({ argv }) => argv.slice(0, 2).join(' '));
  expect([...new Set([...tried, ...READING, ...ELSEWHERE])].sort()).toEqual(
    [...leaves(buildProgram({} as Io))].sort(),
  );
});

/** What is in the data folder, but for the journal that SQLite takes up again. */
const kept = (home: string) =>
  Object.entries(fingerprint(home)).filter(([path]) => !/-(wal|shm)$/.test(path));

function emptyDisk({ folder }: SmallDisk): void {
  for (const name of readdirSync(folder)) if (name.startsWith('filler-')) rmSync(join(folder, name));
}

test('a disk that is full when a command comes to write lets nothing change, and every command says so', async ({
  skip,
}) => {
  const disk = mountSmallDisk('4m');
  if (typeof disk === 'string') return skip(disk);
  const [home, out] = [join(disk.folder, 'data'), temporaryFolder()];
  const place = placeIn(home);
  const commands = await everyChange(place, out);
  const before = { home: kept(home), out: readdirSync(out) };
  for (const command of [...commands, ...OPENING]) {
    // The first thing that a change asks is the time: by then, the database is open.
    const clock = () => {
      fillDisk(disk);
      return realNow();
    };
    const refused = refusalOf(await run({ ...place, clock }, command));
    expect(refused, nameOf(command)).toMatchObject({
      code: expect.stringMatching(/^(STORE_FULL|VAULT_UNWRITABLE)$/),
      message: expect.stringContaining('full'),
    });
    expect({ home: kept(home), out: readdirSync(out) }, nameOf(command)).toEqual(before);
    emptyDisk(disk);
  }
  for (const command of commands) expect((await run(place, command)).code, nameOf(command)).toBe(0);
  expect(await verified(place)).toMatchObject({ ok: true, findings: [] });
});

test('a full disk that secrets are to go to costs neither a secret nor a key', async ({ skip }) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') return skip(disk);
  const home = join(temporaryFolder(), 'data');
  const place = placeIn(home);
  const commands = (await everyChange(place, disk.folder)).filter(
    ({ argv }) => argv.includes('--out') && /key$/.test(argv[0] ?? ''),
  );
  expect(commands).toHaveLength(4);
  fillDisk(disk);
  const before = { home: kept(home), out: readdirSync(disk.folder) };
  for (const command of commands) {
    expect(refusalOf(await run(place, command)), nameOf(command)).toMatchObject({
      code: 'FILE_UNWRITABLE',
      field: 'out',
      message: expect.stringMatching(/cannot be written: the disk is full\.$/),
    });
    expect({ home: kept(home), out: readdirSync(disk.folder) }, nameOf(command)).toEqual(before);
  }
  emptyDisk(disk);
  for (const command of commands) expect((await run(place, command)).code, nameOf(command)).toBe(0);
});

test('with a clock that went back, what issues or extends is refused until its time is accepted, and nothing else', async () => {
  const out = temporaryFolder();
  const home = join(temporaryFolder(), 'data');
  const commands = await everyChange(placeIn(home), out);
  const place = { ...placeIn(home), clock: () => realNow() - 86_400 };
  const issuing = commands.filter(({ issues }) => issues);
  const others = commands.filter(({ issues }) => !issues);
  expect([issuing.length, others.length].every(count => count > 8)).toBe(true);
  const { home: before, out: files } = { home: kept(home), out: readdirSync(out) };
  for (const command of issuing)
    expect(refusalOf(await run(place, command)), nameOf(command)).toMatchObject({
      code: 'CLOCK_BEHIND',
      message: expect.stringMatching(/This machine's clock says .* the last change was made at/),
    });
  expect({ home: kept(home), out: readdirSync(out) }).toEqual({ home: before, out: files });

  for (const command of others) expect((await run(place, command)).code, nameOf(command)).toBe(0);
  const [first, ...rest] = issuing;
  if (!first) throw new Error('there is one');
  expect(refusalOf(await run(place, first)).code, 'still').toBe('CLOCK_BEHIND');
  expect((await run(place, first, '--accept-clock')).code).toBe(0);
  for (const command of rest) expect((await run(place, command)).code, nameOf(command)).toBe(0);
  expect(await verified(place)).toMatchObject({ ok: true, findings: [] });
});
