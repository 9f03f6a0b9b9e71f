import { createService } from '../../main/keys/create-service.ts';
import { newKeyId, type Seconds } from '../../main/keys/ids.ts';
import { importCatalog } from '../../main/keys/import-catalog.ts';
import { issueCredential } from '../../main/keys/issue-credential.ts';
import type { Key, Kind, RoleGrant } from '../../main/keys/key.ts';
import { toAuditRecord } from '../../main/keys/key-json.ts';
import { requireService } from '../../main/keys/look-up.ts';
import type { Draft, Writer } from '../../main/keys/ports.ts';
import type { Service } from '../../main/keys/service.ts';
import type { Session } from '../../main/trust/session.ts';

const DAY = 86_400;
/** Over how long the crowd was made, up to now. */
const AGE = 3 * 365 * DAY;
/** Keys of one transaction. */
const BATCH = 10_000;

const CREATORS = [
  'Ann',
  'Bea',
  'Carl',
  'Dilara',
  'Emre',
  'Fatou',
  'Gustav',
  'Hana',
  'Ivo',
  'Jun',
  'Kofi',
  'Lea',
];
const SYSTEMS = [
  'billing',
  'search',
  'import',
  'nightly',
  'mail',
  'ledger',
  'stock',
  'médias',
  'report',
  'sync',
];
const STAGES = ['prod', 'test', 'stage', 'dev'];
const SITES = ['berlin', 'porto', 'osaka', 'quito', 'lagos', 'turin', 'malmö', 'perth'];
const PURPOSES = [
  'Reads orders for the dashboard',
  'Writes invoices at night',
  'Used by the partner portal',
  'Temporary, for the migration',
  'Device enrolment',
  '',
];
/** Days from creation to expiry; null: never. */
const LIFETIMES = [90, 180, 180, 365, 365, 730, 1460, null] as const;

/** The services of a crowd, and how many of a thousand keys belong to each. */
const SERVICES = [
  { slug: 'orders-api', template: 'blank', share: 500 },
  { slug: 'support-api', template: 'public-private-keys', share: 350 },
  { slug: 'cloud', template: 'role-tokens', share: 150 },
] as const;

/** A small generator of repeatable numbers (mulberry32): the same crowd in every run. */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Fills an installation with keys of every kind and state over three services and three years, each under its seal
 * and with its entry in the log: what `createKey` would leave, made many at a time.
 *
 * @param onProgress told after each transaction how many keys there are
 */
export function addCrowd(
  { ports, store, actor }: Session,
  count: number,
  onProgress: (done: number) => void = () => undefined,
): void {
  const now = ports.clock();
  addServices({ ports, actor });
  const draw = repeatable(20_261_123);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    // The log has no entry that is older than the services': every key has the age that it says all the same.
    store.change(actor, ports.clock, tx => {
      const services = SERVICES.map(({ slug, share }) => ({ service: requireService(tx, slug), share }));
      for (let nth = from; nth < to; nth += 1) {
        const createdAt = now - AGE + Math.floor((nth / count) * AGE);
        addOne(tx, ports, pickService(services, draw), { nth, createdAt, now, draw });
      }
    });
    onProgress(to);
  }
}

function addServices({ ports, actor }: Pick<Session, 'ports' | 'actor'>): void {
  for (const { slug, template } of SERVICES) createService(ports, actor, { service: slug, template });
  importCatalog(ports, actor, {
    service: 'orders-api',
    catalog: {
      permissions: Array.from({ length: 40 }, (_, nth) => ({
        id: `area-${Math.floor(nth / 4)}:${['read', 'create', 'change', 'delete'][nth % 4]}`,
        title: `Area ${Math.floor(nth / 4)}, ${['read', 'create', 'change', 'delete'][nth % 4]}`,
        description: '',
        public_safe: false,
      })),
      roles: [],
      accounts: [],
    },
  });
}

function pickService(services: readonly { service: Service; share: number }[], draw: () => number): Service {
  let place = draw() * 1000;
  for (const { service, share } of services) {
    place -= share;
    if (place < 0) return service;
  }
  throw new Error('the shares do not make a thousand');
}

interface Place {
  readonly nth: number;
  readonly createdAt: Seconds;
  readonly now: Seconds;
  readonly draw: () => number;
}

function addOne(tx: Writer, ports: Session['ports'], service: Service, place: Place): void {
  const { nth, createdAt, now, draw } = place;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const kind: Kind = service.policy.kinds.includes('public') && draw() < 0.3 ? 'public' : 'private';
  const id = newKeyId(ports.random);
  const name = `${pick(SYSTEMS)}-${pick(STAGES)}-${pick(SITES)}-${nth}`;
  const days = service.policy.expiry.required ? 365 : pick(LIFETIMES);
  const expiresAt = days === null ? null : createdAt + days * DAY - (createdAt % DAY) + DAY - 1;
  const granted = grantsOf(tx, service, kind, draw);
  const allowedIps = service.policy.allowed_ips && draw() < 0.3 ? networks(draw) : [];
  const fate = draw();
  const createdBy = pick(CREATORS);
  const isRevoked = fate < 0.06;
  const isSaved = kind === 'public' || draw() < 0.98;
  const { credential } = issueCredential(
    tx,
    ports,
    service,
    { id, kind, name, allowedIps, expiresAt, ...granted },
    { now: createdAt, actor: { name: createdBy, role: 'owner' }, savedAt: isSaved ? createdAt : null },
  );
  const key: Draft<Key> = {
    id,
    serviceRef: service.ref,
    service: service.slug,
    format: service.format,
    name,
    description: pick(PURPOSES),
    owner: `Team ${Math.floor(draw() * 500)}`,
    kind,
    ...granted,
    allowedIps,
    status: isRevoked ? 'revoked' : fate < 0.1 ? 'disabled' : 'active',
    createdAt,
    createdBy,
    expiresAt,
    rotatedAt: null,
    revokedAt: isRevoked ? Math.min(now, createdAt + 30 * DAY) : null,
    revokeReason: isRevoked ? 'left the company' : '',
    hint: credential.hint,
    savedAt: credential.savedAt,
    stale: false,
    credentials: 1,
  };
  const stamp = tx.record({
    action: 'key.create',
    subject: { kind: 'key', id },
    before: null,
    after: toAuditRecord(key),
  });
  const refused = {
    state: 'refused',
    refusedAt: key.revokedAt,
    refusedReason: 'revoked',
    tokenEncrypted: null,
  } as const;
  tx.addKey(key, isRevoked ? { ...credential, ...refused } : credential, stamp);
}

function grantsOf(
  tx: Writer,
  service: Service,
  kind: Kind,
  draw: () => number,
): { permissions: readonly string[]; roles: readonly RoleGrant[] } {
  const catalog = tx.catalog(service.ref);
  const roles = catalog.filter(({ type }) => type === 'role');
  if (roles.length > 0) {
    const role = roles[Math.floor(draw() * roles.length)];
    return { permissions: [], roles: role ? [{ role: role.id, accounts: role.scoped ? '*' : null }] : [] };
  }
  const choices = catalog.filter(
    ({ type, publicSafe }) => type === 'permission' && (kind === 'private' || publicSafe),
  );
  const wanted = 1 + Math.floor(draw() * 4);
  // The first ones are held by many, the last ones by few.
  const held = Array.from(
    { length: wanted },
    () => choices[Math.floor(draw() ** 3 * choices.length)]?.id ?? '',
  );
  return { permissions: [...new Set(held)].filter(Boolean).sort(), roles: [] };
}

function networks(draw: () => number): readonly string[] {
  const byte = () => Math.floor(draw() * 256);
  return draw() < 0.5 ? [`10.${byte()}.${byte()}.0/24`] : [`192.0.2.${byte()}`, `2001:db8:${byte()}::/48`];
}
