import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BundledCredential, type ValidCredential, walkBundled } from '../keys/bundle-state.ts';
import type { Ref } from '../keys/ids.ts';
import type { Credential } from '../keys/key.ts';
import { requireService } from '../keys/look-up.ts';
import type { Reader } from '../keys/ports.ts';
import type { Service } from '../keys/service.ts';
import { openSortedLines, type SortedLines } from '../store/sorted-lines.ts';
import { parseKeyLine, parseRevokedLine } from '../verify/key-lines.ts';
import {
  emptyStatuses,
  encodeStatuses,
  INVALID,
  SUSPENDED,
  setStatus,
  VALID,
} from '../verify/status-list-bits.ts';
import { credentialLine, refusedLine } from './bundle-lines.ts';
import { keyMapLine, permissionMapLine } from './gateway-maps.ts';
import { gitleaksConfig } from './gitleaks-config.ts';
import type { BundleCounts, BundleJob, BundleWritten, Progress, WrittenFile } from './jobs.ts';
import { requireChain } from './require-chain.ts';
import { writeHashed } from './write-hashed.ts';

/** Bits of an entry of a status list: enough for valid, invalid and suspended. */
const BITS = 2;

/** A byte of four places, each INVALID. */
const UNASSIGNED = 0b01010101;

/** Keys that are bound to addresses. The credentials of a key come one after the other. */
interface Unmapped {
  keys: number;
  last: string;
}

type Mutable<T> = { -readonly [member in keyof T]: T[member] };

/**
 * Writes every file of a bundle that needs no signature into a folder that is there and empty.
 *
 * @throws SERVICE_NOT_FOUND, TAMPERED, FILE_UNWRITABLE
 */
export function writeBundleFiles(
  reader: Reader,
  job: BundleJob,
  onProgress: (progress: Progress) => void,
): BundleWritten {
  const service = requireService(reader, job.service);
  // SECURITY: whether a row is the latest of its subject is told by the log. One that does not hold could make a
  // revoked key valid again.
  requireChain(reader);
  const counts: Mutable<BundleCounts> = { valid: 0, refused: 0, tampered: 0, notInMap: 0 };
  const lists = newStatusLists(reader, service);
  const lines = openSortedLines();
  try {
    const total = reader.countKeys({ serviceRef: service.ref }, job.now);
    const unmapped: Unmapped = { keys: 0, last: '' };
    let done = 0;
    for (const page of walkBundled(reader, service, job.now)) {
      for (const each of page) {
        const kind = addLines(lines, each, unmapped) ? each.kind : 'tampered';
        counts[kind] += 1;
        if (each.kind !== 'tampered')
          lists.set(each.credential, kind === 'tampered' ? INVALID : statusOf(each));
      }
      done += page.length;
      onProgress({ done, total: Math.max(total, done) });
    }
    counts.notInMap = unmapped.keys;
    const files = writeFiles(service, job, lines);
    const { seq, mac } = reader.head();
    return { files, lists: lists.compress(), counts, audit: { seq, head: mac.toString('hex') } };
  } finally {
    lines.close();
  }
}

/**
 * Adds what a credential says to the files that it stands in.
 *
 * SECURITY: a line that verifiers cannot read makes them refuse the whole bundle, and with it every revocation. A row
 * that was edited by hand may give one: it is left out.
 *
 * @returns false when it was left out
 */
function addLines(lines: SortedLines, each: BundledCredential, unmapped: Unmapped): boolean {
  switch (each.kind) {
    case 'tampered':
      return false;
    case 'refused': {
      const line = refusedLine(each);
      if (!parseRevokedLine(line)) return false;
      lines.add('revoked.ndjson', line);
      return true;
    }
    case 'valid': {
      const line = credentialLine(each);
      if (!parseKeyLine(line)) return false;
      lines.add('keys.ndjson', line);
      addToMaps(lines, each, unmapped);
      return true;
    }
  }
}

function addToMaps(
  lines: SortedLines,
  { credential, key, notAfter }: ValidCredential,
  unmapped: Unmapped,
): void {
  if (credential.digest === null || key.status !== 'active') return;
  // A gateway that only looks up keys cannot hold a client to addresses: such a key is not let through there.
  if (key.allowedIps.length > 0) {
    if (unmapped.last !== key.id) unmapped.keys += 1;
    unmapped.last = key.id;
    return;
  }
  lines.add(
    'haproxy/keys.map',
    keyMapLine({ digestHex: credential.digest.toString('hex'), keyId: key.id, notAfter }),
  );
  for (const permission of key.permissions)
    lines.add('haproxy/permissions.map', permissionMapLine(key.id, permission));
}

function writeFiles(service: Service, { draft }: BundleJob, lines: SortedLines): Record<string, WrittenFile> {
  const names = ['keys.ndjson', 'revoked.ndjson'];
  const texts: Record<string, string> = {};
  if (service.format === 'opaque') {
    mkdirSync(join(draft, 'haproxy'), { mode: 0o700 });
    names.push('haproxy/keys.map', 'haproxy/permissions.map');
    texts['gitleaks.toml'] = gitleaksConfig({ service: service.slug, prefix: service.prefix });
  }
  const files: Record<string, WrittenFile> = {};
  for (const name of names) files[name] = writeHashed(join(draft, name), ended(lines.read(name)));
  for (const [name, text] of Object.entries(texts)) files[name] = writeHashed(join(draft, name), [text]);
  return files;
}

/** Lines with their ends, many at a time. */
function* ended(lines: Iterable<string>): Generator<string> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

function statusOf(each: BundledCredential): number {
  if (each.kind !== 'valid') return INVALID;
  return each.key.status === 'active' ? VALID : SUSPENDED;
}

/**
 * The status lists of a service, in memory: 256 KiB each.
 *
 * SECURITY: a place that no credential has reads INVALID. A token whose issue was not completed has such a place.
 */
function newStatusLists(reader: Reader, service: Service) {
  const lists = reader.statusLists(service.ref).filter(({ tampered }) => !tampered);
  const bytes = new Map<Ref, Buffer>(
    lists.map(({ ref, size }) => [ref, emptyStatuses(BITS, size).fill(UNASSIGNED)]),
  );
  return {
    set({ statusListRef, statusIndex }: Credential, status: number): void {
      const list = statusListRef === null ? undefined : bytes.get(statusListRef);
      if (list && statusIndex !== null) setStatus(list, BITS, statusIndex, status);
    },
    compress: () =>
      lists.map(({ ref, number, uri }) => ({
        number,
        uri,
        lst: encodeStatuses(bytes.get(ref) ?? Buffer.alloc(0)),
      })),
  };
}
