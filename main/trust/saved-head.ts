import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditHead } from '../keys/audit.ts';
import type { VaultKind } from '../keys/installation.ts';
import { writeDurably } from '../store/durable-file.ts';
import type { Keychain } from './keychain.ts';
import { unreadable } from './passphrase-file.ts';

/**
 * Where the head of the audit log is kept outside the database, so that a shortened log is noticed: an entry of the
 * keychain, or a file beside the passphrase vault (which cannot take it: opening it needs the passphrase every time).
 */
export interface SavedHead {
  load(): Promise<AuditHead | undefined>;
  save(head: AuditHead): Promise<void>;
  remove(): Promise<void>;
}

export const HEAD_FILE = 'vault.head';
const HEAD = /^(\d{1,15}) ([0-9a-f]{64})$/;

export function savedHead(
  kind: VaultKind,
  folder: string,
  keychain: Keychain,
  installation: string,
): SavedHead {
  switch (kind) {
    case 'keychain': {
      const account = `${installation}/audit-head`;
      return {
        load: async () => parse(await keychain.find(account)),
        save: head => keychain.write(account, format(head)),
        remove: () => keychain.remove(account),
      };
    }
    case 'passphrase': {
      const path = join(folder, HEAD_FILE);
      return {
        load: async () => (existsSync(path) ? parse(readHead(path)) : undefined),
        save: async head => writeDurably(path, [`${format(head)}\n`], { replace: true }),
        remove: async () => rmSync(path, { force: true }),
      };
    }
  }
}

function format({ seq, mac }: AuditHead): string {
  return `${seq} ${mac.toString('hex')}`;
}

function readHead(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw unreadable(path, 'The saved head of the audit log', cause);
  }
}

/** What stands for a head that says nothing. */
const NONSENSE: AuditHead = { seq: Number.MAX_SAFE_INTEGER, mac: Buffer.alloc(32) };

export function isNonsense(head: AuditHead): boolean {
  return head.seq === NONSENSE.seq;
}

/** A head that cannot be read is one that no log goes through: it is never taken for "none was saved". */
function parse(text: string | null): AuditHead | undefined {
  if (text === null) return undefined;
  const match = HEAD.exec(text);
  return match ? { seq: Number(match[1]), mac: Buffer.from(match[2] ?? '', 'hex') } : NONSENSE;
}
