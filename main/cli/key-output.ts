import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { type Credential, type Key, statusAt } from '../keys/key.ts';
import { toKeyRecord } from '../keys/key-json.ts';
import { formatFields } from './table.ts';

/** A key in JSON: an inventory's members, then what only the command line tells. */
export function keyJson(key: Key, now: Seconds) {
  return { ...toKeyRecord(key, now), saved_at: key.savedAt, tampered: key.tampered };
}

/** A credential in JSON, without anything that could be used. */
export function credentialJson({
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
}: Credential) {
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
  'GRANTS',
  'CREATED',
  'EXPIRES',
  'LAST FOUR',
];

export function keyCells(key: Key, now: Seconds): string[] {
  return [
    statusText(key, now),
    key.name,
    key.id,
    key.service,
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
    ['Permissions', key.permissions.join(' ') || 'none'],
    ['Description', key.description],
    ['Owner', key.owner],
    ['Created', `${formatTime(key.createdAt)} by ${key.createdBy}`],
    ['Expires', key.expiresAt === null ? 'never' : formatTime(key.expiresAt)],
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

function grantsText({ permissions }: Key): string {
  const shown = permissions.slice(0, 2).join(' ');
  return permissions.length > 2 ? `${shown} +${permissions.length - 2}` : shown;
}
