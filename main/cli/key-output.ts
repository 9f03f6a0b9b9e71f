import { credentialNow } from '../keys/credential-now.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { type Credential, type Key, statusAt } from '../keys/key.ts';
import { toKeyRecord } from '../keys/key-json.ts';
import type { Reader } from '../keys/ports.ts';
import { rolesText } from '../keys/roles.ts';
import { type CommonOptions, print } from './command.ts';
import type { Io } from './io.ts';
import { formatFields } from './table.ts';

export const KEY_ARGUMENT = ['<key>', 'key ID or service/name'] as const;
export const NEXT_BUNDLE = 'Services refuse it from the next bundle on.';

export function printKey(io: Io, options: CommonOptions, key: Key): void {
  const now = io.clock();
  print(io, options, keyJson(key, now), keyText(key, now));
}

/** A key in JSON: an inventory's members, then what only the command line tells. */
export function keyJson(key: Key, now: Seconds) {
  return { ...toKeyRecord(key, now), saved_at: key.savedAt, stale: key.stale, tampered: key.tampered };
}

/** A credential in JSON at a moment, without anything that could be used. */
export function credentialJson(reader: Reader, stored: Credential, now: Seconds) {
  const {
    id,
    format,
    hint,
    state,
    issuedAt,
    issuedBy,
    savedAt,
    graceUntil,
    refusedAt,
    refusedReason,
    tampered,
  } = credentialNow(reader, stored, now);
  return {
    id,
    format,
    hint,
    state,
    issued_at: issuedAt,
    issued_by: issuedBy,
    saved_at: savedAt,
    grace_until: graceUntil,
    refused_at: refusedAt,
    refused_reason: refusedReason,
    tampered,
  };
}

export const KEY_COLUMNS = [
  'STATUS',
  'NAME',
  'KEY ID',
  'SERVICE',
  'KIND',
  'GRANTS',
  'CREATED',
  'EXPIRES',
  'LAST FOUR',
];

/** @param compromised whether its token was signed by a compromised key */
export function keyCells(key: Key, now: Seconds, compromised: boolean): string[] {
  return [
    compromised ? `${statusText(key, now)}, token refused` : statusText(key, now),
    key.name,
    key.id,
    key.service,
    key.kind,
    grantsText(key),
    formatTime(key.createdAt).slice(0, 10),
    key.expiresAt === null ? 'never' : formatTime(key.expiresAt).slice(0, 10),
    key.hint.slice(-4),
  ];
}

export function keyText(key: Key, now: Seconds): string {
  return formatFields([
    ['Key ID', key.id],
    ['Name', key.name],
    ['Service', key.service],
    ['Status', statusText(key, now)],
    ['Kind', key.kind],
    ...(key.roles.length > 0
      ? ([['Roles', rolesText(key.roles)]] as const)
      : ([['Permissions', key.permissions.join(' ') || 'none']] as const)),
    ...(key.stale ? ([['Token', 'older than what the key is now']] as const) : []),
    ['Allowed IPs', key.allowedIps.join(' ') || 'every address'],
    ['Description', key.description],
    ['Owner', key.owner],
    ['Created', `${formatTime(key.createdAt)} by ${key.createdBy}`],
    ['Expires', key.expiresAt === null ? 'never' : formatTime(key.expiresAt)],
    ...(key.rotatedAt === null ? [] : ([['Rotated', formatTime(key.rotatedAt)]] as const)),
    ...(key.revokedAt === null
      ? []
      : ([['Revoked', `${formatTime(key.revokedAt)} ${key.revokeReason}`]] as const)),
    ['Saved', key.savedAt === null ? 'not confirmed' : formatTime(key.savedAt)],
    ['Hint', key.hint],
  ]);
}

function statusText(key: Key, now: Seconds): string {
  if (key.tampered) return 'TAMPERED';
  const status = statusAt(key, now);
  return key.savedAt === null && status !== 'revoked' ? `${status}, not saved` : status;
}

function grantsText({ permissions, roles }: Key): string {
  const grants = [...permissions, ...roles.map(({ role }) => role)];
  const shown = grants.slice(0, 2).join(' ');
  return grants.length > 2 ? `${shown} +${grants.length - 2}` : shown;
}
