import { expect, it, vi } from 'vitest';
import { headKeeper } from '../../../main/desktop/head-keeper.ts';
import { ensureSigningKey } from '../../../main/keys/ensure-signing-key.ts';
import { testInstallation } from '../../fixtures/installation.ts';

it('the audit head is saved again after the app was locked and opened', async () => {
  const session = await testInstallation();
  const keeper = headKeeper({ current: () => session }, 1);
  keeper.changed();
  await keeper.stop();
  const { store, savedHead, actor, ports } = session;
  ensureSigningKey(ports, actor, 'token');
  keeper.changed();
  await vi.waitFor(async () => expect(await savedHead.load()).toEqual(store.head()));
  await keeper.stop();
});
