import { batchView } from './batch-view.ts';
import { requireFreeName } from './create-key.ts';
import { completeKey, creationOf } from './draft-key.ts';
import { draftMany, type KeyTexts } from './draft-many.ts';
import { given, KeysmithError } from './errors.ts';
import { newKeyId, type Seconds } from './ids.ts';
import { issueCredential } from './issue-credential.ts';
import { requireClock, requireService } from './look-up.ts';
import type { Actor } from './operator.ts';
import type { NewKey, Ports, Writer } from './ports.ts';
import type { SignedAhead } from './sign-ahead.ts';
import { fold } from './text.ts';

/** A key of a batch and its secret, which is nowhere else. */
export interface IssuedOne {
  readonly name: string;
  readonly keyId: string;
  readonly token: string;
}

/** Keys of one transaction. */
export interface ManyKeys {
  /** A slug. */
  readonly service: string;
  readonly keys: readonly KeyTexts[];
  readonly now: Seconds;
}

/** A row that was refused; nothing of its batch was issued. */
export class RowRefused extends Error {
  /** Its place in the batch. */
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(`row ${index} was refused`, { cause });
    this.index = index;
  }
}

/**
 * Issues many keys of a service at once, each as `createKey` does it. They count as saved: whoever calls keeps their
 * secrets before the transaction ends.
 *
 * @throws RowRefused around what `createKey` throws of a key; CLOCK_BEHIND, SERVICE_NOT_FOUND, TAMPERED, STORE_*
 */
export function issueMany(
  writer: Writer,
  ports: Ports,
  actor: Actor,
  request: ManyKeys & { readonly ahead?: SignedAhead | undefined },
): readonly IssuedOne[] {
  const { now, ahead } = request;
  const tx = batchView(writer);
  requireClock(tx, now);
  const service = requireService(tx, request.service);
  const draft = draftMany(service, tx.catalog(service.ref));
  const added: NewKey[] = [];
  const names = new Set<string>();
  const issued = request.keys.map((texts, index) => {
    try {
      const asked = draft(texts, now);
      // The quick question first; whoever has the name is looked at before it is told.
      if (tx.isNameTaken(service.ref, asked.name)) requireFreeName(tx, service.ref, asked.name);
      requireOther(names, asked.name);
      const drawn = ahead?.keys[index];
      const id = drawn?.id ?? newKeyId(ports.random);
      const granted = { id, ...asked };
      const { token, credential } = issueCredential(tx, ports, service, granted, {
        now,
        actor,
        savedAt: now,
        drawn: drawn?.token,
      });
      const key = completeKey(service, asked, { id, now, actor, credential });
      added.push({ key, credential, stamp: tx.record(creationOf(key)) });
      return { name: key.name, keyId: id, token };
    } catch (error) {
      throw new RowRefused(index, error);
    }
  });
  tx.addKeys(added);
  return issued;
}

/** The names of one batch are not in the database yet. @throws NAME_TAKEN */
function requireOther(names: Set<string>, name: string): void {
  const folded = fold(name);
  if (names.has(folded)) {
    throw new KeysmithError(
      'NAME_TAKEN',
      `The name ${given(name)} is there twice. Names are unique within a service, whatever their case.`,
      { field: 'name' },
    );
  }
  names.add(folded);
}
