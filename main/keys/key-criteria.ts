import { networksAround, parseAddress } from './allowed-ips.ts';
import { given, KeysmithError } from './errors.ts';
import { addDuration, parseDuration } from './expiry.ts';
import type { Seconds } from './ids.ts';
import type { Kind, Status } from './key.ts';
import type { FacetQuery, KeyFilter, SecretAge } from './key-query.ts';
import { requireService } from './look-up.ts';
import type { Reader } from './ports.ts';
import { latestStart } from './rotation.ts';
import { type CatalogRow, isPublicSafe, type Service } from './service.ts';

/** Which keys, as people ask: the options of the command line and the choices of the filter panel. */
export interface KeyCriteria {
  /** Slug; absent: every service. */
  readonly service?: string | undefined;
  readonly statuses?: readonly Status[] | undefined;
  readonly kinds?: readonly Kind[] | undefined;
  /** Permission IDs: keys that hold at least one of them. */
  readonly permissions?: readonly string[] | undefined;
  readonly createdBy?: readonly string[] | undefined;
  /** A duration from now (`30d`), or `never` for keys without expiry. */
  readonly expires?: string | undefined;
  readonly hasIps?: boolean | undefined;
  /** An address: keys that could be used from it. */
  readonly admits?: string | undefined;
  readonly unsaved?: boolean | undefined;
  /** Active private keys whose rotation is due under their service's policy. */
  readonly overdue?: boolean | undefined;
  /** Public keys that hold what is not, or no longer, public-safe. */
  readonly exposed?: boolean | undefined;
  readonly text?: string | undefined;
}

/**
 * Makes of criteria what the store looks for, at this moment.
 *
 * @throws SERVICE_NOT_FOUND, TAMPERED, PERMISSION_UNKNOWN, IP_INVALID, QUERY_INVALID
 */
export function resolveCriteria(reader: Reader, criteria: KeyCriteria, now: Seconds): KeyFilter {
  const { service, statuses, kinds, createdBy, permissions, expires, hasIps, admits, unsaved, text } =
    criteria;
  const services = servicesOf(reader, service);
  const [only] = services;
  return {
    ...(service !== undefined && only && { serviceRef: only.ref }),
    ...(statuses && { statuses }),
    ...(kinds && { kinds }),
    ...(createdBy && { createdBy }),
    ...(permissions && { grants: grantsOf(reader, services, permissions) }),
    ...(expires !== undefined && { expiry: expiryOf(expires, now) }),
    ...(hasIps !== undefined && { hasIps }),
    ...(admits !== undefined && { admits: networksAround(parseAddress(admits)) }),
    ...(unsaved && { unsaved }),
    ...(criteria.overdue && { overdue: secretAges(services, now) }),
    ...(criteria.exposed && { exposed: notPublicSafe(reader, services) }),
    ...(text !== undefined && { text }),
  };
}

/** The same with what the filter panel counts beside each choice. Permissions are counted within one service. */
export function resolveFacets(reader: Reader, criteria: KeyCriteria, now: Seconds): FacetQuery {
  const services = servicesOf(reader, criteria.service);
  const [only] = services;
  return {
    filter: resolveCriteria(reader, criteria, now),
    grants:
      only && services.length === 1
        ? reader.catalog(only.ref).filter(({ type }) => type === 'permission')
        : [],
    overdue: secretAges(services, now),
    exposed: notPublicSafe(reader, services),
  };
}

function servicesOf(reader: Reader, slug: string | undefined): readonly Service[] {
  return slug === undefined ? reader.services() : [requireService(reader, slug)];
}

function grantsOf(
  reader: Reader,
  services: readonly Service[],
  permissions: readonly string[],
): readonly CatalogRow[] {
  const rows = services.flatMap(({ ref }) => reader.catalog(ref).filter(({ type }) => type === 'permission'));
  const unknown = permissions.find(id => !rows.some(row => row.id === id));
  if (unknown !== undefined) {
    throw new KeysmithError(
      'PERMISSION_UNKNOWN',
      `The permission ${given(unknown)} is in no catalog that was asked. Allowed are permissions that a service has or had.`,
      { field: 'permissions' },
    );
  }
  return rows.filter(({ id }) => permissions.includes(id));
}

function expiryOf(expires: string, now: Seconds): NonNullable<KeyFilter['expiry']> {
  if (expires === 'never') return 'never';
  const duration = parseDuration(expires);
  if (duration) return { within: addDuration(now, duration) - now };
  throw new KeysmithError(
    'QUERY_INVALID',
    `The time ${given(expires)} cannot be read. Allowed are durations such as 30d, 12h or P6M.`,
    { field: 'expires' },
  );
}

function secretAges(services: readonly Service[], now: Seconds): readonly SecretAge[] {
  return services.flatMap(({ ref, policy }) => {
    const until = latestStart(now, policy);
    return until === null ? [] : [{ serviceRef: ref, until }];
  });
}

function notPublicSafe(reader: Reader, services: readonly Service[]): readonly CatalogRow[] {
  return services.flatMap(({ ref }) =>
    reader.catalog(ref).filter(row => row.type === 'permission' && !isPublicSafe(row)),
  );
}
