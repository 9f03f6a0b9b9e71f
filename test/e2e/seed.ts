import { randomBytes } from 'node:crypto';
import { type CreateKeyRequest, createKey } from '../../main/keys/create-key.ts';
import { addService } from '../../main/keys/create-service.ts';
import type { Key } from '../../main/keys/key.ts';
import type { OperatorRole } from '../../main/keys/operator.ts';
import { findTemplate } from '../../main/keys/templates.ts';
import { addOperator } from '../../main/trust/add-operator.ts';
import { createInstallation } from '../../main/trust/create-installation.ts';
import { openInstallation } from '../../main/trust/open-installation.ts';
import { switchLockOn } from '../../main/trust/switch-lock.ts';
import { memoryKeychain } from '../fixtures/memory-keychain.ts';
import { withinTransaction } from '../fixtures/within-transaction.ts';

export const SEED_PASSPHRASE = 'correct horse battery staple';

/** What an installation has before the app is started on it. */
export interface Seed {
  /** What the installation is called. */
  readonly name?: string;
  /** So many keys, named after their number. */
  readonly keys?: number;
  /** What is special about one of them. */
  readonly special?: (index: number) => Partial<CreateKeyRequest>;
  /** What the service is made from; `team-access-keys`, called Team API, unless another one is named. */
  readonly template?: string;
  /** Templates of further services. */
  readonly also?: readonly string[];
  /** How many seconds ago a key was created. */
  readonly age?: (index: number) => number;
  /** Switches the lock on, with the passphrase of the tests. */
  readonly lock?: boolean;
  /** Whoever works here beside the owner, each with the passphrase of the tests; they switch the lock on. */
  readonly operators?: Readonly<Record<string, OperatorRole>>;
}

const clock = () => Math.floor(Date.now() / 1000);
const PERMISSIONS = ['computers:read', 'groups:read', 'people:read', 'sessions:read'];

/** Ports of an installation behind the passphrase of the tests, with a hash that is quick. */
export function seedPorts(folder: string) {
  return {
    folder,
    keychain: memoryKeychain(),
    passphrase: async () => SEED_PASSPHRASE,
    scryptLogN: 10,
    clock,
    random: randomBytes,
  };
}

/** Makes an installation with its services and keys in the first of them, all in one transaction. */
export async function seedInstallation(folder: string, seed: Seed): Promise<readonly Key[]> {
  const { name, keys = 0, special = () => ({}), template, also = [], age = () => 0 } = seed;
  const ports = seedPorts(folder);
  const created = await createInstallation(ports, {
    name,
    vault: 'passphrase',
    service: template === undefined ? { title: 'Team API' } : { template },
  });
  const { ports: session, store, actor, close } = await openInstallation(ports);
  const issued = store.change(actor, clock, tx => {
    for (const id of also)
      addService(tx, actor, clock(), { service: findTemplate(id).service.slug, template: id });
    return Array.from({ length: keys }, (_, index) => {
      const inside = {
        ...session,
        clock: () => clock() - age(index),
        store: withinTransaction(store, tx),
      };
      const request = {
        service: created.service.slug,
        name: seedName(index),
        permissions:
          (template ?? 'team-access-keys') === 'team-access-keys' ? PERMISSIONS.slice(0, index % 5) : [],
        keep: () => undefined,
        ...special(index),
      };
      return createKey(inside, actor, request).key;
    });
  });
  await close();
  if (seed.lock || seed.operators) await seedOperators(ports, seed.operators ?? {});
  return issued;
}

async function seedOperators(
  ports: ReturnType<typeof seedPorts>,
  operators: Readonly<Record<string, OperatorRole>>,
): Promise<void> {
  let session = await openInstallation(ports);
  session = await switchLockOn(session, ports, SEED_PASSPHRASE);
  for (const [name, role] of Object.entries(operators))
    session = await addOperator(session, ports, { name, role, passphrase: SEED_PASSPHRASE });
  await session.close();
}

export function seedName(index: number): string {
  return `key-${String(index).padStart(6, '0')}`;
}
