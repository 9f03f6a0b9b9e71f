/** Makes an installation with a crowd of keys. */

import { createInstallation } from '../../../main/trust/create-installation.ts';
import { openInstallation } from '../../../main/trust/open-installation.ts';
import { seedPorts } from '../../e2e/seed.ts';
import { addCrowd } from '../crowd.ts';
import { answer } from './answer.ts';
import { buildFast } from './build-fast.ts';

await answer(async ({ folder, keys }: { folder: string; keys: number }) => {
  const ports = seedPorts(folder);
  await createInstallation(ports, { vault: 'passphrase', service: {} });
  const session = await openInstallation(ports);
  buildFast(session.store);
  addCrowd(session, keys);
  await session.close();
});
