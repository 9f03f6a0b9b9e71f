import { makeStricter } from '../keys/apply-stricter.ts';
import type { AuditHead, JsonObject } from '../keys/audit.ts';
import { closeStatusLists } from '../keys/close-status-lists.ts';
import { type EndedSigningKey, endedSigningKeys, endSigningKey } from '../keys/end-restored-signing-keys.ts';
import { type GoOn, goOnNumbering } from '../keys/go-on-numbering.ts';
import type { Clock, Ref, Seconds } from '../keys/ids.ts';
import type { VaultKind } from '../keys/installation.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { requireService } from '../keys/look-up.ts';
import type { Actor } from '../keys/operator.ts';
import type { NewSigningKey, Reader, Signing } from '../keys/ports.ts';
import { type RestoredBundle, restoredBundlesToJson } from '../keys/restored-bundles.ts';
import { type OperatorPlan, planOperators, restrictOperator } from '../keys/restored-operators.ts';
import { headToText } from '../store/audit-log.ts';
import type { OpenStore } from '../store/create-store.ts';
import type { Later } from './gather-later.ts';
import type { ReplacedDatabase } from './replaced-database.ts';

export interface RestoreWork {
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly signing: Signing;
  /** An owner of the backup. */
  readonly actor: Actor;
  readonly madeAt: Seconds;
  readonly replaced: ReplacedDatabase;
  readonly later: Later;
  readonly vault: {
    readonly kind: VaultKind;
    readonly replacedHead: AuditHead | null;
  };
}

/** What became of the restored state. */
export interface Applied {
  /** With the number that the next bundle gets. */
  readonly goOn: readonly (GoOn & { readonly next: number })[];
  readonly signingKeys: readonly { readonly kid: string; readonly state: 'compromised' | 'retired' }[];
  readonly operators: OperatorPlan;
}

/** Writes into a restored database, in one transaction, all that makes it stricter, and where its numbers go on. */
export async function applyRestore(work: RestoreWork): Promise<Applied> {
  const { store, clock, signing, actor, later } = work;
  const ended = withCompromised(store, later);
  const successors = await makeSuccessors(signing, ended);
  const operators = planOperators(
    store.operators(),
    work.replaced.kind === 'same' && !work.replaced.isOlder ? work.replaced.store.operators() : [],
  );
  const goOn = planNumbers(store, later, ended);
  return store.change(actor, clock, (tx, now) => {
    const before = tx.installation();
    const { kind } = work.vault;
    // First: what is changed after it, no bundle that was exported knows.
    const stamp = tx.record({
      action: 'installation.restore',
      subject: { kind: 'installation', id: before.id, ref: before.ref },
      before: null,
      after: entryOf(work, goOn),
    });
    tx.updateInstallation({ ...before, vault: kind }, stamp);
    for (const key of later.plan.keys) makeStricter(tx, actor, now, key);
    const signingKeys = ended.map(each => ({
      kid: each.key.kid,
      state: endSigningKey(tx, actor, now, each, successors.get(each.key.ref)),
    }));
    for (const { slug, list } of goOn)
      if (list !== null) closeStatusLists(tx, requireService(tx, slug), list, now);
    for (const operator of operators.stricter) restrictOperator(tx, operator);
    const numbered = goOn.map(each => ({
      ...each,
      next: lastBundle(tx, requireService(tx, each.slug)).next,
    }));
    return { goOn: numbered, signingKeys, operators };
  });
}

/** Signing keys that were ended later, among them those of which only their tokens tell. */
function withCompromised(store: Reader, later: Later): readonly EndedSigningKey[] {
  const keys = store.signingKeys();
  const states = [...(later.database ? [later.database] : []), ...later.bundles].map(
    ({ signingKeys }) => signingKeys,
  );
  const told = keys.filter(({ ref }) => later.plan.compromised.has(ref));
  return endedSigningKeys(keys, [new Map(told.map(({ kid }) => [kid, 'compromised'])), ...states]);
}

async function makeSuccessors(
  signing: Signing,
  ended: readonly EndedSigningKey[],
): Promise<ReadonlyMap<Ref, NewSigningKey>> {
  const successors = new Map<Ref, NewSigningKey>();
  for (const { key } of ended)
    if (key.state === 'active') successors.set(key.ref, await signing.generate(key.alg));
  return successors;
}

function planNumbers(store: OpenStore, later: Later, ended: readonly EndedSigningKey[]): readonly GoOn[] {
  const gone = new Set(ended.map(({ key }) => key.kid));
  const trust = store
    .signingKeys()
    .filter(({ purpose, state, kid }) => purpose === 'trust' && !gone.has(kid) && isInUse(state))
    .sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'))
    .map(({ kid }) => kid);
  const known = {
    database: later.database?.marks ?? new Map(),
    bundles: later.bundles.map(({ marks }) => marks),
    whole: later.whole,
    forked: later.forked,
    headSeq: store.head().seq,
    trust,
  };
  return store.services().map(service => goOnNumbering(store, service, known));
}

const isInUse = (state: string) => state === 'active' || state === 'verifying';

function entryOf({ store, madeAt, later, vault, replaced }: RestoreWork, goOn: readonly GoOn[]): JsonObject {
  const bundles = new Map(
    goOn.flatMap(({ slug, bundle }): [string, RestoredBundle][] => (bundle ? [[slug, bundle]] : [])),
  );
  return {
    made_at: madeAt,
    backup_head: headToText(store.head()),
    replaces_head: vault.replacedHead && headToText(vault.replacedHead),
    vault: vault.kind,
    replaced: replaced.kind,
    given_bundles: later.bundles.map(({ service, sequence }) => `${service}/${sequence}`),
    stricter_keys: later.plan.keys.length,
    bundles: restoredBundlesToJson(bundles),
  };
}
