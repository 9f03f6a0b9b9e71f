import { describe, expect, it, onTestFinished } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { disableKey } from '../../../main/keys/disable-key.ts';
import type { OperatorRole } from '../../../main/keys/operator.ts';
import { rotateSigningKey } from '../../../main/keys/rotate-signing-key.ts';
import { operatorToRow } from '../../../main/store/installation-rows.ts';
import { addOperator } from '../../../main/trust/add-operator.ts';
import { editOperator, removeOperator } from '../../../main/trust/edit-operator.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import type { InstallationPorts, Session } from '../../../main/trust/session.ts';
import { switchLockOn } from '../../../main/trust/switch-lock.ts';
import { verifyAudit } from '../../../main/trust/verify-audit.ts';
import { parseWrapping } from '../../../main/trust/wrapping.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { type TestInstallation, testInstallation } from '../../fixtures/installation.ts';

const PASSPHRASE = 'granite lantern orchid seventeen';

async function opened(ports: InstallationPorts, operator: string): Promise<Session> {
  const session = await openInstallation({ ...ports, operator, passphrase: async () => PASSPHRASE });
  onTestFinished(() => void session.store.close());
  return session;
}

/** An installation of the owner and of others, who all have the same passphrase. */
async function staffed(others: Readonly<Record<string, OperatorRole>>) {
  const installation = await testInstallation();
  const { installationPorts: ports, actor } = installation;
  await rotateSigningKey(installation.ports, actor, { purpose: 'token' });
  let session: Session = installation;
  for (const [name, role] of Object.entries(others))
    session = await addOperator(session, ports, {
      name,
      role,
      passphrase: PASSPHRASE,
      ownPassphrase: PASSPHRASE,
    });
  return { installation, ports, owner: actor.name, session, open: (name: string) => opened(ports, name) };
}

const operatorOf = ({ store }: Session, name: string) => {
  const operator = store.operators().find(each => each.name === name);
  if (!operator) throw new Error(`no ${name}`);
  return operator;
};

/** Writes an operator's row by hand, under a seal that holds: as whoever has the seal keys can. */
function forge(session: Session, name: string, change: object): void {
  const row = operatorOf(session, name);
  session.store.connection.update('operator', operatorToRow({ ...row, ...change }, row.ref), row.auditSeq);
}

describe('two who begin a generation at once', () => {
  it('leave one that opens, in whatever order their steps come', async () => {
    for (let nth = 0; nth < 4; nth++) {
      const { installation, ports, owner, session, open } = await staffed({ Ann: 'admin', Bea: 'viewer' });
      const other = await open(owner);
      const done = await Promise.allSettled([
        removeOperator(session, ports, { name: 'Ann' }),
        editOperator(other, ports, { name: 'Bea', role: nth % 2 ? 'manager' : 'admin' }),
      ]);
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const after = await open(owner);
      expect((await verifyAudit(after)).findings).toEqual([]);
      createKey(after.ports, after.actor, { service: 'team-api', name: 'ci' });
      expect(installation.store.installation().generation).toBe(2);
    }
  });

  it('leave one that opens when the lock is switched on', async () => {
    const installation = await testInstallation();
    const ports = installation.installationPorts;
    const other = await opened(ports, installation.actor.name);
    const switched = [installation, other].map(session => switchLockOn(session, ports, PASSPHRASE));
    const done = await Promise.allSettled(switched);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await opened(ports, installation.actor.name);
  });
});

describe('whoever has the seal keys', () => {
  it('is given no more than an owner gave, whatever role they write into their row', async () => {
    const { ports, session, owner, open } = await staffed({ Ann: 'viewer', Bea: 'manager' });
    const ann = await open('Ann');
    forge(ann, 'Ann', { role: 'owner' });
    expect((await verifyAudit(ann)).findings, 'the seal holds').toEqual([]);

    const refused = editOperator(session, ports, { name: 'Bea', role: 'admin' });
    await expect(refused).rejects.toMatchObject({
      code: 'TAMPERED',
      message: expect.stringContaining('Ann'),
    });
    expect((await open('Ann')).secrets.signing).toBeNull();
    const after = await removeOperator(session, ports, { name: 'Ann' });
    await editOperator(after, ports, { name: 'Bea', role: 'admin' });
    expect((await open(owner)).actor.role).toBe('owner');
  });

  it('cannot put in the place of another what opens with their own passphrase', async () => {
    const { ports, session, open } = await staffed({ Ann: 'viewer', Bea: 'owner' });
    const ann = await open('Ann');
    const { wrapping, wrappedKey } = operatorOf(ann, 'Ann');
    forge(ann, 'Bea', { wrapping, wrappedKey });
    const refused = editOperator(session, ports, { name: 'Ann', role: 'manager' });
    await expect(refused).rejects.toMatchObject({
      code: 'TAMPERED',
      message: expect.stringContaining('Bea'),
    });
  });
});

describe('an owner who was removed', () => {
  it('knows nothing that opens for the others, once they have come in again', async () => {
    const { ports, session, open } = await staffed({ Ann: 'owner', Bea: 'manager' });
    const saltOf = (of: Session, name: string) => parseWrapping(operatorOf(of, name).wrapping);
    const before = saltOf(session, 'Bea');
    const after = await removeOperator(session, ports, { name: 'Ann' });
    expect(saltOf(after, 'Bea')).toMatchObject({ salt: before?.salt, renew: true });
    const bea = await open('Bea');
    const renewed = saltOf(bea, 'Bea');
    expect(renewed).toMatchObject({ renew: false });
    expect(renewed?.salt).not.toBe(before?.salt);
    expect((await verifyAudit(await open('Bea'))).findings).toEqual([]);
  });

  it('does not keep two processes of somebody out that come in at once', async () => {
    const { ports, session, open } = await staffed({ Ann: 'owner', Bea: 'manager' });
    await removeOperator(session, ports, { name: 'Ann' });
    const both = await Promise.all([open('Bea'), open('Bea')]);
    expect(both.map(({ actor }) => actor.name)).toEqual(['Bea', 'Bea']);
    await open('Bea');
  });
});

describe('an operator whose row was edited', () => {
  it('can be removed all the same, and holds nobody else up', async () => {
    const { ports, session, owner, open } = await staffed({ Ann: 'admin', Bea: 'manager' });
    session.store.connection.db.exec("UPDATE operator SET created_at = created_at + 1 WHERE name = 'Ann'");
    const held = editOperator(session, ports, { name: 'Bea', role: 'viewer' });
    await expect(held).rejects.toMatchObject({ code: 'TAMPERED', message: expect.stringContaining('Ann') });
    const after = await removeOperator(session, ports, { name: 'Ann' });
    expect(after.store.audit({ limit: 10, action: 'operator.remove' })).toMatchObject([
      { before: { role: 'admin', tampered: true } },
    ]);
    await editOperator(after, ports, { name: 'Bea', role: 'viewer' });
    expect((await verifyAudit(await open(owner))).findings).toEqual([]);
  });

  it('who removes themselves keeps nothing', async () => {
    const { ports, owner, open } = await staffed({ Ann: 'owner' });
    const after = await removeOperator(await open('Ann'), ports, { name: 'Ann' });
    expect(after.secrets).toMatchObject({ signing: null, tokens: null, owner: null });
    await open(owner);
  });
});

describe('a service whose policy was edited', () => {
  it('gives managers nothing that they had not', async () => {
    const { installation, open } = await staffed({ Ann: 'manager' });
    const { ports, actor } = await open(installation.actor.name);
    createService(ports, actor, { service: 'sc', template: 'role-tokens' });
    const request = { service: 'sc', name: 'ci', roles: [{ role: 'global-viewer', accounts: null }] };
    const { key } = createKey(ports, actor, request);
    const ann = await open('Ann');
    ann.store.connection.db.exec(
      `UPDATE service SET policy = json_set(policy, '$.managed_by', 'manager') WHERE slug = 'sc'`,
    );
    refusal('NOT_ALLOWED', () => disableKey(ann.ports, ann.actor, { key: key.id }));
  });
});

describe('the wait after wrong passphrases', () => {
  it('ends although the clock was far ahead when they were given', async () => {
    const { installation, ports, open } = await staffed({ Ann: 'manager' });
    const { clock }: TestInstallation = installation;
    const now = clock.now;
    clock.now = now + 10 * 365 * 86_400;
    const wrong = () => openInstallation({ ...ports, operator: 'Ann', passphrase: async () => 'wrong' });
    for (let nth = 0; nth < 3; nth++)
      await expect(wrong()).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' });
    clock.now = now;
    await expect(open('Ann')).rejects.toMatchObject({ code: 'UNLOCK_TOO_SOON' });
    clock.now = now + 3;
    await open('Ann');
  });
});
