import type { RandomBytes } from './base62.ts';
import type { Seconds } from './ids.ts';
import { requireIssuer } from './look-up.ts';
import type { Reader, Writer } from './ports.ts';
import type { Service } from './service.ts';
import { STATUS_LIST_SIZE, type StatusList } from './status-list.ts';

/** Draws before a list counts as full: at nine places in ten given, all of them miss once in 850 times. */
const DRAWS = 64;

export interface StatusPlace {
  readonly list: StatusList;
  readonly index: number;
}

/**
 * A random place in a service's status list that no credential ever had. Places are never given again, whatever
 * becomes of the key; a list without room is followed by the next one.
 */
export function assignStatusIndex(
  tx: Writer,
  service: Service,
  now: Seconds,
  random: RandomBytes,
  size = STATUS_LIST_SIZE,
): StatusPlace {
  const lists = tx.statusLists(service.ref);
  const open = openList(lists);
  const place = open && drawPlace(tx, open, random);
  if (place) return place;
  if (open) closeFull(tx, open);
  const list = addList(tx, service, nextNumber(tx, service, lists), now, size);
  const first = drawPlace(tx, list, random);
  if (!first) throw new Error('a new status list has no room');
  return first;
}

/** The list whose places are given now. */
export function openList(lists: readonly StatusList[]): StatusList | undefined {
  return lists.find(({ state, tampered }) => state === 'open' && !tampered);
}

/** A random place that no credential ever had; undefined when chance found none, and the list counts as full. */
export function drawPlace(
  reader: Pick<Reader, 'statusIndexTaken'>,
  list: StatusList,
  random: RandomBytes,
): StatusPlace | undefined {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    // Sizes are powers of two: the remainder has no bias.
    const index = Buffer.from(random(4)).readUInt32BE() % list.size;
    if (!reader.statusIndexTaken(list.ref, index)) return { list, index };
  }
  return undefined;
}

function closeFull(tx: Writer, list: StatusList): void {
  const stamp = tx.record({
    action: 'status-list.full',
    subject: { kind: 'status-list', id: list.uri, ref: list.ref },
    before: { state: list.state },
    after: { state: 'full' },
  });
  tx.updateStatusList({ ...list, state: 'full' }, stamp);
}

const MAX_LISTS = 100_000;

/** SECURITY: the log also knows lists that are gone from the database; their places must not be given again. */
function nextNumber(tx: Writer, service: Service, lists: readonly StatusList[]): number {
  return lastListNumber(tx, service, lists) + 1;
}

/** The highest number of a status list that a service ever had, as far as the database knows; 0: it had none. */
export function lastListNumber(
  reader: Reader,
  { slug, ref }: Service,
  lists: readonly StatusList[] = reader.statusLists(ref),
): number {
  const logged = reader.audit({ action: 'status-list.create', limit: MAX_LISTS }).map(({ subject }) => {
    const [, of, number] = /\/([^/]+)\/status-(\d+)$/.exec(subject.id) ?? [];
    return of === slug ? Number(number) : 0;
  });
  return Math.max(0, ...logged, ...lists.map(({ number }) => number));
}

/**
 * Begins a status list.
 *
 * @param number higher than any the service ever had
 */
export function addList(
  tx: Writer,
  service: Service,
  number: number,
  now: Seconds,
  size = STATUS_LIST_SIZE,
): StatusList {
  const uri = `${requireIssuer(tx)}/${service.slug}/status-${number}`;
  const stamp = tx.record({
    action: 'status-list.create',
    subject: { kind: 'status-list', id: uri },
    before: null,
    after: { uri, size },
  });
  const draft = {
    serviceRef: service.ref,
    number,
    uri,
    size,
    state: 'open',
    unassignedInvalid: false,
    createdAt: now,
  } as const;
  return tx.addStatusList(draft, stamp);
}
