import { lastListNumber } from '../keys/assign-status-index.ts';
import { type BundledCredential, walkBundled } from '../keys/bundle-state.ts';
import type { KeyId, Seconds } from '../keys/ids.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import type { LaterMark } from '../keys/later-marks.ts';
import type { LaterLine } from '../keys/plan-stricter.ts';
import type { Reader } from '../keys/ports.ts';
import type { Service } from '../keys/service.ts';
import { walkPages } from '../keys/walk-pages.ts';
import { parseKeyLine, parseRevokedLine } from '../verify/key-lines.ts';
import { credentialLine, refusedLine } from './bundle-lines.ts';
import { inTurns } from './in-turns.ts';
import type { LaterState, Planner } from './later-state.ts';

const PAGE = 500;

/**
 * What the database that is replaced says of the time after a backup: the same lines that a bundle of it would have.
 *
 * @param since the entry of the audit log up to which it and the backup are one; 0 where that is not known
 */
export function laterDatabase(reader: Reader, since: number, now: Seconds): LaterState {
  const services = reader.services().filter(({ tampered }) => !tampered);
  return {
    marks: new Map(services.map(service => [service.slug, markOf(reader, service)])),
    signingKeys: new Map(
      reader
        .signingKeys()
        .filter(({ tampered }) => !tampered)
        .map(({ kid, state }) => [kid, state]),
    ),
    async tell(planner) {
      for (const service of services) await tellService(reader, service, planner, { since, now });
      for await (const tombstones of inTurns(walkPages(after => reader.tombstones(after, PAGE))))
        for (const { id, removedAt } of tombstones) planner.remove(id, removedAt);
    },
  };
}

async function tellService(
  reader: Reader,
  service: Service,
  planner: Planner,
  { since, now }: { readonly since: number; readonly now: Seconds },
): Promise<void> {
  for await (const page of inTurns(walkBundled(reader, service, now))) {
    for (const each of page) {
      // Written and read again: whatever a bundle would leave out says nothing here either.
      const id = each.kind === 'valid' ? each.key.id : each.keyId;
      const line = lineOf(each);
      if (line) planner.add(line);
      // SECURITY: what was edited by hand cannot say what became of it. Where nothing did, the backup mends it.
      else if (isChangedSince(reader, id, since)) planner.distrust(id, now);
    }
  }
}

/** Written and read again: what a bundle would leave out says nothing here either. */
function lineOf(each: BundledCredential): LaterLine | undefined {
  switch (each.kind) {
    case 'valid':
      return parseKeyLine(credentialLine(each));
    case 'refused':
      return parseRevokedLine(refusedLine(each));
    case 'tampered':
      return undefined;
  }
}

function isChangedSince(reader: Reader, id: KeyId, since: number): boolean {
  const ref = reader.key(id)?.ref ?? reader.tombstone(id)?.ref;
  return ref === undefined || reader.audit({ ref, after: since, limit: 1 }).length > 0;
}

function markOf(reader: Reader, service: Service): LaterMark {
  const { sequence, manifestSha256, headSeq } = lastBundle(reader, service);
  const trust = reader
    .signingKeys()
    .filter(
      ({ purpose, state, tampered }) =>
        purpose === 'trust' && (state === 'active' || state === 'verifying') && !tampered,
    );
  return {
    sequence,
    manifestSha256,
    headSeq,
    lists: lastListNumber(reader, service),
    trust: new Set(trust.map(({ kid }) => kid)),
  };
}
