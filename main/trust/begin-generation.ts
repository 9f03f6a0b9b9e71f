import { rmSync } from 'node:fs';
import type { AuditAction } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Installation } from '../keys/installation.ts';
import type { Actor, Operator, OperatorRole } from '../keys/operator.ts';
import type { Change, Reader, Writer } from '../keys/ports.ts';
import { requireRight } from '../keys/rights.ts';
import type { OpenStore } from '../store/create-store.ts';
import { keyCheckOf, MASTER_KEY_LENGTH } from './derived-keys.ts';
import { encryptVault, vaultPath, writeVaultFile } from './passphrase-file.ts';
import { createSecretBox } from './secret-box.ts';
import { packSecrets, type Secrets } from './secrets.ts';
import type { InstallationPorts } from './session.ts';
import { keychainAccount, writeKeychainEntry } from './vault.ts';
import { keptStretched, parseWrapping, type Stretched, wrapFor } from './wrapping.ts';

/** An operator as the next generation has them; one who is new has no row yet. */
export interface NextOperator {
  readonly name: string;
  readonly role: OperatorRole;
  readonly removed: boolean;
  readonly row: Operator | undefined;
}

/** The operators as they are. */
export function asTheyAre({ store }: { readonly store: Reader }): readonly NextOperator[] {
  return store.operators().map(row => ({ name: row.name, role: row.role, removed: row.removed, row }));
}

export interface GenerationPlan {
  readonly action: Extract<AuditAction, `installation.${'lock-on' | 'lock-off' | 'rewrap'}`>;
  readonly lockEnabled: boolean;
  /** Who opens the installation from now on, removed ones included. */
  readonly operators: readonly NextOperator[];
  /** What came of the passphrases that were given now, by operator; an owner knows the others' already. */
  readonly stretched: ReadonlyMap<string, Stretched>;
  /** The highest generation whose entry in the keychain is still needed; absent: the present one. */
  readonly after?: number | undefined;
  /** For a vault behind a passphrase, where the lock is switched off. */
  readonly vaultPassphrase?: string | undefined;
}

type Wrapped = Awaited<ReturnType<typeof wrapFor>>;

/** What a new generation is begun from: a database that is open, and what opened it. */
export interface GenerationContext {
  readonly store: OpenStore;
  readonly actor: Actor;
  readonly secrets: Secrets;
}

export interface BegunGeneration {
  readonly generation: number;
  readonly secrets: Secrets;
  /** Takes the keychain's new entry away again, where the database that needs it does not come to count. */
  takeBack(): Promise<void>;
}

/**
 * Begins a new wrapping generation: another key for the private halves of signing keys, another part in the
 * keychain, everything wrapped anew for those who may open it. What opened the generation before stays as it is.
 *
 * The new entry of the keychain is there before the database says so: at every moment one of them opens the database.
 *
 * @throws NOT_ALLOWED, OPERATOR_CHANGED, TAMPERED, VAULT_*, STORE_*
 */
export async function beginGeneration(
  context: GenerationContext,
  ports: InstallationPorts,
  plan: GenerationPlan,
): Promise<BegunGeneration> {
  const { store, actor, secrets } = context;
  requireRight(actor, plan.action);
  const installation = store.installation();
  refuseTampered(installation, plan.operators);
  const generation = Math.max(installation.generation, plan.after ?? 0) + 1;
  const owner = { id: installation.id, generation };
  const next = await nextSecrets(secrets, ports, plan.lockEnabled);
  const part = plan.lockEnabled ? Buffer.from(ports.random(MASTER_KEY_LENGTH)) : packSecrets(next);
  const inKeychain = installation.vault === 'keychain';
  const wrapped = await wrapAll(secrets, plan, next, {
    generation,
    keychainPart: inKeychain ? part : Buffer.alloc(0),
  });
  const vaultFile = await vaultFileOf(installation, ports, plan, part);
  const takeBack = async () => {
    if (inKeychain) await ports.keychain.remove(keychainAccount(owner));
  };
  if (inKeychain) await writeKeychainEntry(ports.keychain, owner, part);
  let placed = false;
  try {
    store.change(actor, ports.clock, (tx, now) => {
      requireUnchanged(tx, installation, plan.operators);
      rewrapSigningKeys(tx, secrets, next);
      const { lockEnabled } = plan;
      const { id, ref } = installation;
      const stamp = tx.record({
        action: plan.action,
        subject: { kind: 'installation', id, ref },
        before: { lock: installation.lockEnabled, generation: installation.generation },
        after: { lock: lockEnabled, generation },
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
    await takeBack().catch(() => undefined);
    throw error;
  }
  return { generation, secrets: next, takeBack };
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
  secrets: Secrets,
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
  secrets: Secrets,
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
