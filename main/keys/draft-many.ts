import { resolveAllowedIps } from './allowed-ips.ts';
import { defaultKind, type KeyDraft } from './draft-key.ts';
import { resolveExpiry } from './expiry.ts';
import { parsePermissions, requireKind } from './grants.ts';
import type { Seconds } from './ids.ts';
import type { Kind } from './key.ts';
import { parseRoleGrants, resolveRoles } from './roles.ts';
import type { CatalogRow, Service } from './service.ts';
import { parseDescription, parseName, parseOwner } from './text.ts';

/** What is asked of a new key, as a file says it. Empty is what was not asked for. */
export interface KeyTexts {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly kind: string;
  /** IDs, separated by spaces or commas. */
  readonly permissions: string;
  /** As `parseRoleGrants` reads them. */
  readonly roles: string;
  /** As `parseAllowedIps` reads them. */
  readonly allowedIps: string;
  /** As `parseExpiry` reads it. */
  readonly expires: string;
}

export type DraftOne = (texts: KeyTexts, now: Seconds) => KeyDraft;

/** Texts whose meaning is kept; a file of a million rows mostly has the same few. */
const MAX_KNOWN = 2000;

/**
 * Checks many keys of one service as `draftWithoutRoles` and `resolveRoles` check one, in the same order and by the
 * same parsers; only that what is asked for again is not looked up again.
 *
 * @returns a function that throws what these throw, and ROLE_INVALID
 */
export function draftMany(service: Service, catalog: readonly CatalogRow[]): DraftOne {
  const permissionsOf = remembered((texts: string, kind: Kind) =>
    parsePermissions(texts.split(/[\s,]+/).filter(Boolean), catalog, kind),
  );
  const rolesOf = remembered((texts: string, kind: Kind) =>
    resolveRoles(parseRoleGrants(texts), catalog, kind),
  );
  const addressesOf = remembered((texts: string, _kind: Kind) => resolveAllowedIps(texts, service.policy));
  const expiryOf = remembered((texts: string, now: Seconds) =>
    resolveExpiry(texts === '' ? undefined : texts, service.policy, now),
  );
  return (texts, now) => {
    const name = parseName(texts.name);
    const description = parseDescription(texts.description);
    const owner = parseOwner(texts.owner);
    const asked = texts.kind === '' ? defaultKind(service) : (texts.kind as Kind);
    const kind = requireKind(asked, service.policy.kinds);
    return {
      name,
      description,
      owner,
      kind,
      permissions: permissionsOf(texts.permissions, kind),
      allowedIps: addressesOf(texts.allowedIps, kind),
      expiresAt: expiryOf(texts.expires, now),
      roles: rolesOf(texts.roles, kind),
    };
  };
}

function remembered<T, By extends Kind | Seconds>(
  read: (texts: string, by: By) => T,
): (texts: string, by: By) => T {
  const known = new Map<string, T>();
  return (texts, by) => {
    const key = `${by} ${texts}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = read(texts, by);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, value);
    return value;
  };
}
