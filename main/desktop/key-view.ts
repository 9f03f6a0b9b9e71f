import type { KeyView } from '../../preload/contract.ts';
import { knownTo } from '../keys/bundle-changes.ts';
import { compromisedKeys } from '../keys/credential-now.ts';
import type { Ref, Seconds } from '../keys/ids.ts';
import { type Key, statusAt } from '../keys/key.ts';
import type { Policy } from '../keys/policy.ts';
import type { Reader } from '../keys/ports.ts';
import { rotationDueAt } from '../keys/rotation.ts';
import { isPublicSafe } from '../keys/service.ts';

/** What the window may see of keys at one moment. Reads each service's policy and catalog once. */
export function keyViewer(reader: Reader, now: Seconds): (key: Key) => KeyView {
  const policies = new Map(reader.services().map(({ ref, policy }): [Ref, Policy] => [ref, policy]));
  const isCompromised = compromisedKeys(reader);
  const heads = new Map<Ref, number | null>();
  const isUnpublished = ({ ref, serviceRef, auditSeq }: Key) => {
    const known = heads.get(serviceRef);
    const latest = known === undefined ? reader.latestBundle(serviceRef) : undefined;
    const head = known ?? (latest ? knownTo(latest).keys : null);
    heads.set(serviceRef, head);
    return head !== null && auditSeq > head && reader.isChangedSince(ref, head);
  };
  const safe = new Map<Ref, ReadonlySet<string>>();
  const publicSafe = (service: Ref) => {
    const known = safe.get(service) ?? publicSafeOf(reader, service);
    safe.set(service, known);
    return known;
  };
  return key => {
    const { ref: _ref, serviceRef, ...shown } = key;
    const policy = policies.get(serviceRef);
    return {
      ...shown,
      status: statusAt(key, now),
      rotationDueAt: policy ? rotationDueAt(key, policy) : null,
      exposed: key.kind === 'public' ? key.permissions.filter(id => !publicSafe(serviceRef).has(id)) : [],
      unpublished: isUnpublished(key),
      compromised: isCompromised(key),
    };
  };
}

function publicSafeOf(reader: Reader, service: Ref): ReadonlySet<string> {
  return new Set(
    reader
      .catalog(service)
      .filter(row => row.type === 'permission' && isPublicSafe(row))
      .map(({ id }) => id),
  );
}
