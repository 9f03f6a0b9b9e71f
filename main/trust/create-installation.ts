import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { addService, type CreateServiceRequest } from '../keys/create-service.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { VaultKind } from '../keys/installation.ts';
import type { Actor } from '../keys/operator.ts';
import type { Service } from '../keys/service.ts';
import { findTemplate } from '../keys/templates.ts';
import { parseInstallationName, parseName } from '../keys/text.ts';
import { START } from '../store/audit-log.ts';
import { createStore } from '../store/create-store.ts';
import { databasePath, prepareDataFolder } from '../store/data-folder.ts';
import { createDatabase } from '../store/open-database.ts';
import { finishReplacement } from '../store/replace-data.ts';
import { translateErrors } from '../store/store-errors.ts';
import { createSealKeys, createSeals, keyCheckOf, MASTER_KEY_LENGTH } from './derived-keys.ts';
import { savedHead } from './saved-head.ts';
import type { InstallationPorts } from './session.ts';
import { emptyVault, fillVault, secretsOf } from './vault.ts';

export interface CreateInstallationRequest {
  readonly name?: string | undefined;
  readonly vault: VaultKind;
  /** The first service, without which nothing can be issued. */
  readonly service: Omit<CreateServiceRequest, 'service'> & { readonly service?: string | undefined };
}

export interface CreatedInstallation {
  readonly id: string;
  readonly name: string;
  readonly vault: VaultKind;
  readonly folder: string;
  readonly service: Service;
  readonly operator: string;
}

/**
 * Makes a new installation: a master key in its vault, a database with one owner, named after the system's user unless
 * another name is given, and a first service. Either all of it is there afterwards or nothing new is.
 *
 * @throws STORE_EXISTS, STORE_UNSAFE, STORE_READ_ONLY, VAULT_*, NAME_INVALID, and what a service may refuse
 */
export async function createInstallation(
  ports: InstallationPorts,
  request: CreateInstallationRequest,
): Promise<CreatedInstallation> {
  const { folder, clock, random } = ports;
  const template = findTemplate(request.service.template ?? 'team-access-keys');
  const name = parseInstallationName(request.name ?? 'Keysmith');
  const path = databasePath(folder);
  translateErrors(path, () => finishReplacement(folder));
  if (existsSync(path)) {
    throw new KeysmithError(
      'STORE_EXISTS',
      `There is an installation in ${folder} already. It was left as it is; choose another data folder (KEYSMITH_HOME) for a new one.`,
    );
  }
  prepareDataFolder(folder);

  const id = randomUUID();
  const masterKey = Buffer.from(random(MASTER_KEY_LENGTH));
  const actor: Actor = {
    name: ports.operator === undefined ? systemUser() : parseName(ports.operator),
    role: 'owner',
  };
  const heads = savedHead(request.vault, folder, ports.keychain, id);
  let placed = false;
  const owner = { id, generation: 0, keyCheck: keyCheckOf(masterKey) };
  await fillVault(ports, request.vault, owner, masterKey, { replace: false });
  try {
    // Before the database is there: an installation is never without a saved head.
    await heads.save(START);
    const seals = createSeals(createSealKeys(secretsOf(masterKey)));
    const { service, head } = createDatabase(path, db => {
      const store = createStore(db, seals, { founder: actor });
      const service = store.change(actor, clock, (tx, now) => {
        const installation = {
          id,
          name,
          createdAt: now,
          vault: request.vault,
          keyCheck: keyCheckOf(masterKey),
          lockEnabled: false,
          generation: 0,
        };
        tx.addInstallation(
          installation,
          tx.record({
            action: 'installation.create',
            subject: { kind: 'installation', id },
            before: null,
            after: { name, vault: request.vault },
          }),
        );
        tx.addOperator(
          {
            name: actor.name,
            role: 'owner',
            removed: false,
            createdAt: now,
            wrappedKey: null,
            wrapping: null,
          },
          tx.record({
            action: 'operator.create',
            subject: { kind: 'operator', id: actor.name },
            before: null,
            after: { role: 'owner' },
          }),
        );
        return addService(tx, actor, now, {
          ...request.service,
          template: template.id,
          service: request.service.service ?? template.service.slug,
        });
      });
      return { service, head: store.head() };
    });
    placed = true;
    await heads.save(head);
    return { id, name, vault: request.vault, folder, service, operator: actor.name };
  } catch (error) {
    // What this call put into the vault is of no use without its database; what was there before never comes here.
    if (!placed) {
      await emptyVault(ports, request.vault, owner);
      await heads.remove();
    }
    throw error;
  } finally {
    masterKey.fill(0);
  }
}

/** The first owner's name: the system user's, or a plain word where the system has none that can be used. */
function systemUser(): string {
  try {
    return parseName(userInfo().username);
  } catch {
    return 'owner';
  }
}
