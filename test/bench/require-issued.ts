import { findKey } from '../../main/keys/find-key.ts';
import type { Session } from '../../main/trust/session.ts';
import { requireRight } from './benchmark.ts';
import { IMPORTED, type ImportedKind } from './imported-keys.ts';
import { readSecrets } from './read-secrets.ts';

/**
 * Looks whether every name of the file has its key, and the secret that was handed out is that key's.
 *
 * @throws WrongWork for the first that is not so
 */
export async function requireIssued(
  { ports }: Session,
  kind: ImportedKind,
  keys: number,
  secrets: string,
): Promise<void> {
  const issued = await readSecrets(secrets);
  requireRight(issued.length === keys, `there are secrets of ${issued.length} keys, not of ${keys}`);
  issued.forEach(({ name, id, secret }, nth) => {
    const wanted = IMPORTED[kind].row(nth).name;
    requireRight(name === wanted, `row ${nth} is ${wanted}, and its secret is called ${name}'s`);
    const [match] = findKey(ports, secret);
    const isIts =
      match?.proven === true &&
      match.subject.kind === 'key' &&
      match.subject.key.id === id &&
      match.subject.key.name === name &&
      !match.subject.key.tampered;
    requireRight(isIts, `the secret of ${name} is not proven to be of its key ${id}`);
  });
}
