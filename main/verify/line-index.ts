import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BundleError } from './bundle-error.ts';
import type { CredentialLine } from './key-lines.ts';

/**
 * The lines of a file of credentials. A million keys stay as the bytes they came in; only where a line starts is kept
 * beside them, and a line is read again when it is asked for.
 */
export interface LineIndex<Line extends CredentialLine> {
  /** How many lines there are. */
  readonly count: number;
  /** The lines of an opaque key, by its ID, or the one of a JWT, by its credential ID. */
  find(id: string): readonly Line[];
}

const LF = 0x0a;
/** Lines between two breaks, in which a service that loads a bundle can answer requests: some 20 ms. */
const LINES_A_TURN = 2000;
/** Where the credential ID stands in every line: behind `{"credential":"`. */
const CREDENTIAL_START = 15;
const CREDENTIAL_END = 34;

/**
 * Checks every line of a file and remembers where it is.
 *
 * @param parse gives `undefined` for what is not a line
 * @throws BUNDLE_FILE_INVALID naming the line
 */
export async function indexLines<Line extends CredentialLine>(
  file: string,
  bytes: Buffer,
  parse: (text: string) => Line | undefined,
): Promise<LineIndex<Line>> {
  if (!isUtf8(bytes)) throw invalid(file, 'It is not UTF-8');
  const places = new Map<string, number | number[]>();
  let count = 0;
  for (let start = 0; start < bytes.length; count += 1) {
    const end = bytes.indexOf(LF, start);
    const line = end < 0 ? undefined : parse(bytes.toString('utf8', start, end));
    if (!line) throw invalid(file, `Its line ${count + 1} is not one that Keysmith writes`);
    // SECURITY: an opaque token and a JWT are never found by the same name, so that neither passes for the other.
    const id = line.sha256 === null ? line.credential : line.id;
    const known = places.get(id);
    if (known === undefined) {
      places.set(id, start);
    } else {
      const all = typeof known === 'number' ? [known] : known;
      if (all.some(place => isSameCredential(bytes, place, start))) {
        throw invalid(file, `Its line ${count + 1} has the credential of a line before`);
      }
      all.push(start);
      places.set(id, all);
    }
    start = end + 1;
    if (count % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn();
  }
  // Checked above: what is read again needs no second check.
  const read = (start: number) => JSON.parse(bytes.toString('utf8', start, bytes.indexOf(LF, start))) as Line;
  return {
    count,
    find(id) {
      const found = places.get(id);
      if (found === undefined) return [];
      return typeof found === 'number' ? [read(found)] : found.map(read);
    },
  };
}

function isSameCredential(bytes: Buffer, a: number, b: number): boolean {
  return (
    bytes.compare(
      bytes,
      a + CREDENTIAL_START,
      a + CREDENTIAL_END,
      b + CREDENTIAL_START,
      b + CREDENTIAL_END,
    ) === 0
  );
}

function invalid(file: string, what: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_INVALID',
    file,
    `The file ${file} cannot be used. ${what}. Export the bundle again.`,
  );
}
