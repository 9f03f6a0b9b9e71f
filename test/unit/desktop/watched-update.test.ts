import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAppSession } from '../../../main/desktop/app-session.ts';
import { watchedUpdate } from '../../../main/desktop/watched-update.ts';
import { switchLockOn } from '../../../main/trust/switch-lock.ts';
import { testInstallation, WORKER } from '../../fixtures/installation.ts';
import { asVersionBefore } from '../../fixtures/older-database.ts';

async function ofVersionBefore({ locked = false } = {}) {
  const installation = await testInstallation();
  const { installationPorts, folder } = installation;
  const session = locked
    ? await switchLockOn(installation, installationPorts, 'four quiet geese in the rain')
    : installation;
  await session.close();
  asVersionBefore(join(folder, 'keysmith.db'));
  const told: unknown[] = [];
  const updating = watchedUpdate(WORKER, stage => told.push(stage?.kind ?? stage));
  const { passphrase: _, ...ports } = installationPorts;
  const start = () => {
    const session = createAppSession({ ...ports, update: updating.update });
    onTestFinished(() => session.close());
    return session;
  };
  const copies = () => readdirSync(folder).filter(name => name.includes('.before-'));
  return { start, told, updating, copies };
}

describe('an app of a newer version', () => {
  it('brings the database up to date in a thread, tells how far it is, and is ready then', async () => {
    const { start, told, copies } = await ofVersionBefore();
    expect(await start().state()).toMatchObject({ kind: 'ready' });
    expect([...new Set(told)]).toEqual(['copying', 'changing', null]);
    expect(copies()).toHaveLength(1);
  });

  it('needs no secret for that: what is locked is up to date before anybody opens it', async () => {
    const { start, told, copies } = await ofVersionBefore({ locked: true });
    expect(await start().state()).toMatchObject({ kind: 'locked' });
    expect(told.at(-1)).toBeNull();
    expect(copies()).toHaveLength(1);
  });

  it('that is closed meanwhile begins again at the next start', async () => {
    const { start, told, updating, copies } = await ofVersionBefore();
    updating.stop();
    expect(await start().state()).toMatchObject({ kind: 'failed', failure: { code: 'CANCELLED' } });
    expect(told).toEqual([null]);
    expect(copies()).toEqual([]);
  });
});
