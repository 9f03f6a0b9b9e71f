import { rmSync } from 'node:fs';
import type { AuditAction } from '../keys/audit.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import type { Installation } from '../keys/installation.ts';
import { type Actor, OPERATOR_ROLES, type Operator, type OperatorRole } from '../keys/operator.ts';
import type { Change, Reader, Writer } from '../keys/ports.ts';
import { requireRight } from '../keys/rights.ts';
import type { OpenStore } from '../store/create-store.ts';
import { keyCheckOf, MASTER_KEY_LENGTH } from './derived-keys.ts';
import { encryptVault, vaultPath, writeVaultFile } from './passphrase-file.ts';
import { createSecretBox } from './secret-box.ts';
import { packSecrets, type Secrets } from './secrets.ts';
import type { InstallationPorts } from './session.ts';
import { keychainAccount, writeKeychainEntry } from './vault.ts';
import {
  keptStretched,
  NO_PASSPHRASE,
  parseWrapping,
  type Stretched,
  shareOf,
  unwrap,
  wrapFor,
} from './wrapping.ts';

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
  const { lockEnabled } = plan;
  const generation = Math.max(installation.generation, plan.after ?? 0) + 1;
  const inKeychain = installation.vault === 'keychain';
  // SECURITY: bytes that open nothing by themselves: what is left of a try that was cut short gives nothing away.
  const bytes = Buffer.from(ports.random(MASTER_KEY_LENGTH));
  const part = inKeychain || !lockEnabled ? bytes : Buffer.alloc(0);
  const keyCheck = keyCheckOf(bytes);
  const owner = { id: installation.id, generation, keyCheck };
  const next = await nextSecrets(secrets, ports, part);
  const wrapped = await wrapAll(secrets, plan, next, { before: installation.generation, generation });
  const vaultFile = await vaultFileOf(installation, ports, plan, bytes);
  const takeBack = async () => {
    if (inKeychain) await ports.keychain.remove(keychainAccount(owner));
  };
  if (inKeychain) await writeKeychainEntry(ports.keychain, owner, bytes);
  let placed = false;
  try {
    store.change(actor, ports.clock, (tx, now) => {
      requireUnchanged(tx, installation, plan.operators);
      rewrapSigningKeys(tx, secrets, next);
      const { id, ref } = installation;
      const stamp = tx.record({
        action: plan.action,
        subject: { kind: 'installation', id, ref },
        before: { lock: installation.lockEnabled, generation: installation.generation },
        after: { lock: lockEnabled, generation, entry: inKeychain ? keychainAccount(owner) : null },
      });
      tx.updateInstallation({ ...installation, lockEnabled, generation, keyCheck }, stamp);
      for (const operator of plan.operators) writeOperator(tx, now, operator, wrapped.get(operator.name));
      // Under the write lock, and last: whoever opens the installation meanwhile must not take it away.
      if (vaultFile) writeVaultFile(ports.folder, vaultFile, { replace: true });
      placed = vaultFile !== undefined;
    });
  } catch (error) {
    const inForce = isInForce(store, keyCheck);
    // SECURITY: committed, or maybe so, as when the database is moved away at that moment: what opens it must stay.
    if (inForce === undefined || (inForce && isDisplaced(error))) throw error;
    // A commit that went through although it was reported as failed.
    if (inForce) return { generation, secrets: next, takeBack };
    if (placed) rmSync(vaultPath(ports.folder), { force: true });
    // An entry that cannot be taken back opens nothing, and is written over by the next try: the cause matters more.
    await takeBack().catch(() => undefined);
    throw error;
  }
  return { generation, secrets: next, takeBack };
}

/** SECURITY: writing them anew would seal what somebody edited by hand; whoever is removed gets nothing of it. */
function refuseTampered(installation: Installation, operators: readonly NextOperator[]): void {
  const changed = operators.find(({ row, removed }) => row?.tampered && !removed);
  if (!installation.tampered && !changed) return;
  throw new KeysmithError(
    'TAMPERED',
    changed
      ? `The operator ${changed.name} was changed outside Keysmith. Remove this operator first; nothing was changed.`
      : 'The installation was changed outside Keysmith. Nothing was changed; run "keysmith audit verify" and restore a backup.',
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

/** Whether a generation is the one that holds; undefined: that cannot be told. */
function isInForce(store: OpenStore, keyCheck: Buffer): boolean | undefined {
  try {
    return store.installation().keyCheck.equals(keyCheck);
  } catch {
    return undefined;
  }
}

function isDisplaced(error: unknown): boolean {
  return error instanceof KeysmithError && /^STORE_(MISSING|REPLACED)$/.test(error.code);
}

async function nextSecrets(secrets: Secrets, { random }: InstallationPorts, part: Buffer): Promise<Secrets> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const owner = await generateX25519Identity();
  return {
    seal: Buffer.from(secrets.seal),
    audit: Buffer.from(secrets.audit),
    tokens: secrets.tokens && Buffer.from(secrets.tokens),
    signing: Buffer.from(random(MASTER_KEY_LENGTH)),
    owner,
    recipient: await identityToRecipient(owner),
    part,
  };
}

async function wrapAll(
  secrets: Secrets,
  { operators, stretched, lockEnabled }: GenerationPlan,
  next: Secrets,
  { before, generation }: { readonly before: number; readonly generation: number },
): Promise<ReadonlyMap<string, Wrapped>> {
  const wrapped = new Map<string, Wrapped>();
  const part = next.part ?? Buffer.alloc(0);
  // SECURITY: owners know what scrypt gave for the others; one who leaves must not open as somebody else.
  const ownerLeft = operators.some(
    ({ row, role, removed }) => row?.role === 'owner' && !row.removed && (removed || role !== 'owner'),
  );
  for (const operator of operators.filter(({ removed }) => !removed)) {
    const given = lockEnabled ? stretched.get(operator.name) : NO_PASSPHRASE;
    const kept = given ? undefined : await keptOf(operator, secrets, before);
    const renew = kept !== undefined && (ownerLeft || kept.renew);
    const known = given ?? kept?.stretched;
    if (!known) throw new Error('there is nothing to wrap with');
    wrapped.set(operator.name, await wrapFor(operator, next, known, { generation, part, renew }));
  }
  return wrapped;
}

/**
 * What came of an operator's passphrase, as owners have it.
 *
 * SECURITY: whoever has the seal keys can write a row that passes for genuine, with another role or another's
 * passphrase in it. What the operator holds already was given by an owner, and must be no less than the role is worth.
 */
async function keptOf(
  { name, row }: NextOperator,
  secrets: Secrets,
  generation: number,
): Promise<{ readonly stretched: Stretched; readonly renew: boolean }> {
  const wrapping = parseWrapping(row?.wrapping ?? null);
  const { owner, part } = secrets;
  const stretched = wrapping && owner !== null ? await keptStretched(wrapping, owner) : undefined;
  if (row?.wrappedKey && wrapping && stretched && part) {
    const held = unwrap({ name, wrappedKey: row.wrappedKey }, generation, stretched, part);
    const enough = OPERATOR_ROLES.slice(0, OPERATOR_ROLES.indexOf(row.role) + 1).map(role =>
      shareOf(secrets, role),
    );
    if (held && enough.some(share => packSecrets(share).equals(packSecrets({ ...held, part: null }))))
      return { stretched, renew: wrapping.renew };
  }
  throw new KeysmithError(
    'TAMPERED',
    `What ${name} opens the installation with is not what an owner gave. Remove this operator first; nothing was changed.`,
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
      ? {
          action: 'operator.remove',
          subject: existing,
          before: { role: row.role, ...(row.tampered && { tampered: true }) },
          after: null,
        }
      : role === row.role
        ? touched('operator.rewrap', existing)
        : { action: 'operator.edit', subject: existing, before: { role: row.role }, after: { role } },
  );
  tx.updateOperator({ ...row, role, removed, ...keys }, stamp);
}

function touched(action: AuditAction, subject: Change['subject']): Change {
  return { action, subject, before: null, after: null };
}
