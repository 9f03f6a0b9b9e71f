import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { revokeKey } from '../../../main/keys/revoke-key.ts';
import type { WriteStep } from '../../../main/store/create-store.ts';
import type { Session } from '../../../main/trust/session.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { keysmith, openSession } from '../../rig/keysmith.ts';
import { jsonOf } from '../../rig/outcome.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

/** An installation with one key, open, and what is done to its files at a step of the next change. */
async function opened() {
  const folder = temporaryFolder();
  const home = join(folder, 'data');
  jsonOf(await keysmith({ home }, 'init', '--json'));
  let atStep: ((step: WriteStep) => void) | undefined;
  const session = await openSession({ home }, { onStep: step => atStep?.(step) });
  onTestFinished(() => void session.store.close());
  const { key } = issue(session, 'first');
  return {
    folder,
    home,
    session,
    first: key,
    when: (step: WriteStep, act: () => void) => {
      atStep = now => now === step && act();
    },
  };
}

const issue = ({ ports, actor }: Session, name: string) =>
  createKey(ports, actor, { service: 'team-api', name, keep: () => undefined });
const namesIn = async (home: string) =>
  (jsonOf(await keysmith({ home }, 'key', 'list', '--json')) as { name: string }[]).map(({ name }) => name);
const verified = async (home: string) => jsonOf(await keysmith({ home }, 'audit', 'verify', '--json'));

interface Displacement {
  readonly what: string;
  readonly displace: (place: { readonly folder: string; readonly home: string }) => Promise<void> | void;
  readonly code: string;
  readonly says: string;
}

const DISPLACEMENTS: readonly Displacement[] = [
  {
    what: 'deleted',
    displace: ({ home }) => rmSync(home, { recursive: true }),
    code: 'STORE_MISSING',
    says: 'was deleted or moved away while Keysmith had it open. Nothing was changed now.',
  },
  {
    what: 'moved away',
    displace: ({ folder, home }) => renameSync(home, join(folder, 'elsewhere')),
    code: 'STORE_MISSING',
    says: 'Put the data folder back, or restore a backup, and open Keysmith again.',
  },
  {
    what: 'exchanged for another installation',
    displace: async ({ folder, home }) => {
      renameSync(home, join(folder, 'elsewhere'));
      jsonOf(await keysmith({ home }, 'init', '--json'));
    },
    code: 'STORE_REPLACED',
    says: 'Another database stands at',
  },
  {
    what: 'exchanged for a copy of itself',
    displace: ({ home }) => {
      const path = join(home, 'keysmith.db');
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
    code: 'STORE_REPLACED',
    says: 'than the one that Keysmith had open. Nothing was changed now.',
  },
];

describe('a database that is open', () => {
  test.for(DISPLACEMENTS)('and $what takes no change, and says why', async ({ displace, code, says }) => {
    const { session, first, ...place } = await opened();
    await displace(place);
    const { seq } = session.store.head();
    for (const change of [
      () => issue(session, 'lost'),
      () => revokeKey(session.ports, session.actor, { key: first.id }),
    ])
      expect(refusal(code as never, change).message).toContain(says);
    expect(session.store.head().seq).toBe(seq);
  });

  test('and moved away goes on with everything once it is back', async () => {
    const { session, folder, home } = await opened();
    renameSync(home, join(folder, 'elsewhere'));
    refusal('STORE_MISSING', () => issue(session, 'second'));
    renameSync(join(folder, 'elsewhere'), home);
    issue(session, 'third');
    await session.close();
    expect((await namesIn(home)).sort()).toEqual(['first', 'third']);
    expect(await verified(home)).toMatchObject({ ok: true });
  });

  test.for(['begun', 'written', 'committed'] as const)(
    'and deleted when a change is %s acknowledges nothing',
    async step => {
      const { session, home, when } = await opened();
      when(step, () => rmSync(home, { recursive: true }));
      const { message } = refusal('STORE_MISSING', () => issue(session, 'lost'));
      expect(message).toContain('This change may be lost: look for it when the database is back.');
      expect(existsSync(home), 'nor is anything made anew').toBe(false);
    },
  );

  test('and exchanged leaves the head of the other installation’s log as it is', async () => {
    const { session, folder, home } = await opened();
    renameSync(home, join(folder, 'elsewhere'));
    jsonOf(await keysmith({ home }, 'init', '--json'));
    await session.close();
    expect(await verified(home)).toMatchObject({ ok: true });
    expect(await verified(join(folder, 'elsewhere'))).toMatchObject({ ok: true });
  });
});

describe('a journal that is deleted under an open database', () => {
  test.for(['-wal', '-shm'])(
    '(%s) loses nothing that was acknowledged, even if the process dies',
    async suffix => {
      const { session, folder, home } = await opened();
      issue(session, 'second');
      rmSync(join(home, `keysmith.db${suffix}`));
      const { message } = refusal('STORE_REPLACED', () => issue(session, 'third'));
      expect(message).toContain('Everything until now is safe, and nothing was changed now.');
      // As after a crash: the files as they are, without what the process still holds.
      const crashed = join(folder, 'crashed');
      cpSync(home, crashed, { recursive: true });
      expect((await namesIn(crashed)).sort()).toEqual(['first', 'second']);
      expect(await verified(crashed)).toMatchObject({ ok: true });
    },
  );

  test('while a change is committed keeps that change', async () => {
    const { session, folder, home, when } = await opened();
    when('written', () => rmSync(join(home, 'keysmith.db-wal')));
    issue(session, 'second');
    const crashed = join(folder, 'crashed');
    cpSync(home, crashed, { recursive: true });
    expect((await namesIn(crashed)).sort()).toEqual(['first', 'second']);
  });
});

describe('what a crash leaves', () => {
  /** The files of an open installation, whose last two changes are in the journal only and whose head was saved. */
  async function crashed() {
    const { session, folder, home } = await opened();
    const { db } = session.store.connection;
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('wal_autocheckpoint = 0');
    issue(session, 'second');
    issue(session, 'third');
    await session.savedHead.save(session.store.head());
    const copy = join(folder, 'crashed');
    mkdirSync(copy);
    for (const name of readdirSync(home)) copyFileSync(join(home, name), join(copy, name));
    return { home: copy, wal: join(copy, 'keysmith.db-wal'), head: session.store.head().seq };
  }

  test('is whole with its journal', async () => {
    const { home } = await crashed();
    expect((await namesIn(home)).sort()).toEqual(['first', 'second', 'third']);
    expect(await verified(home)).toMatchObject({ ok: true });
  });

  test.for([
    { what: 'gone', damage: (wal: string) => rmSync(wal) },
    { what: 'cut off', damage: (wal: string) => truncateBy(wal, 4096) },
    { what: 'empty', damage: (wal: string) => truncateBy(wal, Number.MAX_SAFE_INTEGER) },
  ])('with a journal that is $what is not passed off as everything', async ({ damage }) => {
    const { home, wal, head } = await crashed();
    damage(wal);
    const listed = await keysmith({ home }, 'key', 'list', '--json');
    expect(listed.err).toContain('no longer goes through its saved head');
    const outcome = await keysmith({ home }, 'audit', 'verify', '--json');
    expect(outcome.code).toBe(1);
    expect(outcome.out).toContain(`The audit log once went up to entry ${head}, and no longer does`);
    const out = join(temporaryFolder(), 'bundle');
    const put = await keysmith({ home }, 'export', 'bundle', '--service', 'team-api', '--out', out, '--json');
    expect(put.err).toContain('"TAMPERED"');
    expect(existsSync(out)).toBe(false);
  });
});

function truncateBy(file: string, bytes: number): void {
  truncateSync(file, Math.max(0, statSync(file).size - bytes));
}
