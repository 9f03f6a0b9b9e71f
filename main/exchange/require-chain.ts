import { KeysmithError } from '../keys/errors.ts';
import type { Reader } from '../keys/ports.ts';

/**
 * Walks the whole audit log; nothing is exported from one that does not hold.
 *
 * @throws TAMPERED
 */
export function requireChain(reader: Reader): void {
  const broken = reader.firstBrokenEntry();
  if (broken === undefined) return;
  throw new KeysmithError(
    'TAMPERED',
    `The audit log does not hold from entry ${broken} on: it was changed outside Keysmith, and nothing is exported from it. Run "keysmith audit verify" and restore a backup.`,
  );
}
