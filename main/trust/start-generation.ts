import { rmSync } from 'node:fs';
import type { AuditAction } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Installation } from '../keys/installation.ts';
import type { Operator, OperatorRole } from '../keys/operator.ts';
import type { Change, Writer } from '../keys/ports.ts';
import { requireRight } from '../keys/rights.ts';
import { keyCheckOf, MASTER_KEY_LENGTH } from './derived-keys.ts';
import { encryptVault, vaultPath, writeVaultFile } from './passphrase-file.ts';
import { createSecretBox } from './secret-box.ts';
import { forgetSecrets, packSecrets, type Secrets } from './secrets.ts';
import { type InstallationPorts, type Session, saveHead, startSession } from './session.ts';
import { emptyVault, keychainAccount, writeKeychainEntry } from './vault.ts';
import { keptStretched, parseWrapping, type Stretched, wrapFor } from './wrapping.ts';

/** An operator as the next generation has them; one who is new has no row yet. */
export interface NextOperator {
  readonly name: string;
  readonly role: OperatorRole;
  readonly removed: boolean;
  readonly row: Operator | undefined;
}

export interface GenerationPlan {
  readonly action: Extract<AuditAction, `installation.${'lock-on' | 'lock-off' | 'rewrap'}`>;
  readonly lockEnabled: boolean;
  /** Who opens the installation from now on, removed ones included. */
  readonly operators: readonly NextOperator[];
  /** What came of the passphrases that were given now, by operator; an owner knows the others' already. */
  readonly stretched: ReadonlyMap<string, Stretched>;
  /** For a vault behind a passphrase, where the lock is switched off. */
  readonly vaultPassphrase?: string | undefined;
}

type Wrapped = Awaited<ReturnType<typeof wrapFor>>;

/**
 * Begins a new wrapping generation: another key for the private halves of signing keys, another part in the
 * keychain, everything wrapped anew for those who may open it. Old copies of the database, with the keychain as it is
 * afterwards, open nothing.
 *
 * The new entry of the keychain is there before the database says so, and the old one goes only afterwards: at every
 * moment one of them opens the database.
 *
 * @returns the session that goes on; the given one is at its end, but for its database
 * @throws NOT_ALLOWED, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export async function startGeneration(
  session: Session,
  ports: InstallationPorts,
  plan: GenerationPlan,
): Promise<Session> {
  const { store, actor, secrets } = session;
  requireRight(actor, plan.action);
  const installation = store.installation();
  refuseTampered(installation, plan.operators);
  const generation = installation.generation + 1;
  const owner = { id: installation.id, generation };
  const next = await nextSecrets(session, ports, plan.lockEnabled);
  const part = plan.lockEnabled ? Buffer.from(ports.random(MASTER_KEY_LENGTH)) : packSecrets(next);
  const wrapped = await wrapAll(session, plan, next, {
    generation,
    keychainPart: installation.vault === 'keychain' ? part : Buffer.alloc(0),
  });
  const vaultFile = await vaultFileOf(installation, ports, plan, part);
  if (installation.vault === 'keychain') await writeKeychainEntry(ports.keychain, owner, part);
  let placed = false;
  try {
    store.change(actor, ports.clock, (tx, now) => {
      requireUnchanged(tx, installation, plan.operators);
      rewrapSigningKeys(tx, secrets, next);
      const { lockEnabled } = plan;
      const before = { lock: installation.lockEnabled, generation: installation.generation };
      const change = { before, after: { lock: lockEnabled, generation } };
      const { id, ref } = installation;
      const stamp = tx.record({
        action: plan.action,
        subject: { kind: 'installation', id, ref },
        ...change,
      });
      const keyCheck = keyCheckOf(packSecrets(next));
      tx.updateInstallation({ ...installation, lockEnabled, generation, keyCheck }, stamp);
      for (const operator of plan.operators) writeOperator(tx, now, operator, wrapped.get(operator.name));
      // Under the write lock, and last: whoever opens the installation meanwhile must not take it away.
      if (vaultFile) writeVaultFile(ports.folder, vaultFile, { replace: true });
      placed = vaultFile !== undefined;
    });
  } catch (error) {
    // SECURITY: committed all the same, as when the folder is moved away at that moment: what opens it must stay.
    if (store.installation().generation === generation) throw error;
    if (placed) rmSync(vaultPath(ports.folder), { force: true });
    // An entry that cannot be taken back opens nothing, and is written over by the next try: the cause matters more.
    if (installation.vault === 'keychain')
      await ports.keychain.remove(keychainAccount(owner)).catch(() => undefined);
    throw error;
  }
  await saveHead(store, session.savedHead);
  await removeOld(ports, installation);
  const { db } = store.connection;
  const started = await startSession(ports, db, next, { operator: actor.name, generation });
  forgetSecrets(secrets);
  return started;
}

/** SECURITY: writing them anew would seal what somebody edited by hand, and give them what is inside. */
function refuseTampered(installation: Installation, operators: readonly NextOperator[]): void {
  const changed = operators.find(({ row }) => row?.tampered);
  if (!installation.tampered && !changed) return;
  throw new KeysmithError(
    'TAMPERED',
    `The ${changed ? `operator ${changed.name}` : 'installation'} was changed outside Keysmith. Nothing was changed; run "keysmith audit verify" and restore a backup.`,
  );
}

function requireUnchanged(tx: Writer, installation: Installation, operators: readonly NextOperator[]): void {
  const rows = tx.operators();
  const known = operators.flatMap(({ row }) => (row ? [row] : []));
  const same =
    tx.installation().auditSeq === installation.auditSeq &&
    rows.length === known.length &&
    rows.every((row, nth) => row.auditSeq === known[nth]?.auditSeq);
  if (same) return;
  throw new KeysmithError(
    'OPERATOR_CHANGED',
    'Another process changed the operators meanwhile. Nothing was changed here; look at them and try again.',
    { field: 'operator' },
  );
}

async function nextSecrets(
  { secrets }: Session,
  { random }: InstallationPorts,
  lockEnabled: boolean,
): Promise<Secrets> {
  const { generateX25519Identity } = await import('age-encryption');
  return {
    seal: Buffer.from(secrets.seal),
    audit: Buffer.from(secrets.audit),
    tokens: secrets.tokens && Buffer.from(secrets.tokens),
    signing: Buffer.from(random(MASTER_KEY_LENGTH)),
    owner: lockEnabled ? await generateX25519Identity() : null,
  };
}

async function wrapAll(
  { secrets }: Session,
  { operators, stretched }: GenerationPlan,
  next: Secrets,
  into: { readonly generation: number; readonly keychainPart: Buffer },
): Promise<ReadonlyMap<string, Wrapped>> {
  const wrapped = new Map<string, Wrapped>();
  if (next.owner === null) return wrapped;
  const { identityToRecipient } = await import('age-encryption');
  const recipient = await identityToRecipient(next.owner);
  for (const operator of operators.filter(({ removed }) => !removed)) {
    const known = stretched.get(operator.name) ?? (await keptOf(operator, secrets));
    wrapped.set(operator.name, await wrapFor(operator, next, known, { ...into, recipient }));
  }
  return wrapped;
}

async function keptOf({ name, row }: NextOperator, { owner }: Secrets): Promise<Stretched> {
  const wrapping = parseWrapping(row?.wrapping ?? null);
  const kept = wrapping && owner !== null ? await keptStretched(wrapping, owner) : undefined;
  if (kept) return kept;
  throw new KeysmithError(
    'TAMPERED',
    `What ${name} opens the installation with cannot be read. Remove this operator first; nothing was changed.`,
    { field: 'operator' },
  );
}

/** `vault.age` of an installation without a keychain; undefined where the lock or the keychain stands in its place. */
async function vaultFileOf(
  { id, vault }: Installation,
  ports: InstallationPorts,
  { lockEnabled, vaultPassphrase }: GenerationPlan,
  masterKey: Buffer,
): Promise<Uint8Array | undefined> {
  if (vault === 'keychain' || lockEnabled) return undefined;
  const passphrase = vaultPassphrase ?? (await ports.passphrase());
  return encryptVault({ installation: id, masterKey }, passphrase, ports.scryptLogN);
}

function rewrapSigningKeys(tx: Writer, old: Secrets, next: Secrets): void {
  const from = createSecretBox(old.signing);
  const to = createSecretBox(next.signing);
  for (const key of tx.signingKeys()) {
    // One that was edited by hand stays as it is, unreadable from now on: it has to be marked as compromised anyway.
    if (key.tampered || !key.privateEncrypted) continue;
    const plain = from.decrypt(key.privateEncrypted, key.kid);
    if (!plain) {
      throw new KeysmithError(
        'TAMPERED',
        `The signing key ${key.kid} cannot be read. Mark it as compromised first; nothing was changed.`,
        { field: 'kid' },
      );
    }
    const stamp = tx.record(
      touched('signing-key.rewrap', { kind: 'signing-key', id: key.kid, ref: key.ref }),
    );
    tx.updateSigningKey({ ...key, privateEncrypted: to.encrypt(plain, key.kid) }, stamp);
    plain.fill(0);
  }
}

function writeOperator(tx: Writer, now: Seconds, next: NextOperator, wrapped: Wrapped | undefined): void {
  const { name, role, removed, row } = next;
  const keys = { wrappedKey: wrapped?.wrappedKey ?? null, wrapping: wrapped?.wrapping ?? null };
  const subject = { kind: 'operator', id: name } as const;
  if (!row) {
    const stamp = tx.record({ action: 'operator.create', subject, before: null, after: { role } });
    tx.addOperator({ name, role, removed: false, createdAt: now, ...keys }, stamp);
    return;
  }
  if (row.removed && removed) return;
  const existing = { ...subject, ref: row.ref };
  const stamp = tx.record(
    removed
      ? { action: 'operator.remove', subject: existing, before: { role: row.role }, after: null }
      : role === row.role
        ? touched('operator.rewrap', existing)
        : { action: 'operator.edit', subject: existing, before: { role: row.role }, after: { role } },
  );
  tx.updateOperator({ ...row, role, removed, ...keys }, stamp);
}

function touched(action: AuditAction, subject: Change['subject']): Change {
  return { action, subject, before: null, after: null };
}

/**
 * SECURITY: takes away what opened the generation before, so that old copies open nothing. What cannot be taken away
 * now, as from a keychain that was locked meanwhile, is taken away when the installation is opened next.
 */
async function removeOld(ports: InstallationPorts, old: Installation): Promise<void> {
  if (old.vault === 'passphrase' && old.lockEnabled) return;
  try {
    await emptyVault(ports, old.vault, old);
  } catch (error) {
    if (!(error instanceof KeysmithError)) throw error;
  }
}
