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
  /** The line of an opaque token by {@link digestName}, or of a JWT by its credential ID. */
  find(name: string): Line | undefined;
  /** Every line, in the order of the file. */
  all(): Iterable<Line>;
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
  const places = new Map<string, number>();
  let count = 0;
  let before: Buffer = Buffer.alloc(0);
  for (let start = 0; start < bytes.length; count += 1) {
    const end = bytes.indexOf(LF, start);
    const line = end < 0 ? undefined : parse(bytes.toString('utf8', start, end));
    if (!line) throw invalid(file, `Its line ${count + 1} is not one that Keysmith writes`);
    const credential = bytes.subarray(start + CREDENTIAL_START, start + CREDENTIAL_END);
    const name = nameOf(line);
    if (credential.compare(before) <= 0 || places.has(name)) {
      throw invalid(file, `Its line ${count + 1} repeats a credential, or is out of order`);
    }
    places.set(name, start);
    before = credential;
    start = end + 1;
    if (count % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn();
  }
  // Checked above: what is read again needs no second check.
  const lineAt = (start: number) =>
    JSON.parse(bytes.toString('utf8', start, bytes.indexOf(LF, start))) as Line;
  return {
    count,
    find(name) {
      const start = places.get(name);
      return start === undefined ? undefined : lineAt(start);
    },
    *all() {
      for (const start of places.values()) yield lineAt(start);
    },
  };
}

/**
 * SECURITY: an opaque token goes by its digest and a JWT by its credential, so that neither passes for the other.
 * Half of a digest is enough to find a line by; whoever asks compares the whole.
 */
function nameOf({ sha256, credential }: CredentialLine): string {
  return sha256 === null ? credential : digestName(sha256);
}

export function digestName(sha256: string): string {
  return sha256.slice(0, 32);
}

function invalid(file: string, what: string): BundleError {
  return new BundleError(
    'BUNDLE_FILE_INVALID',
    file,
    `The file ${file} cannot be used. ${what}. Export the bundle again.`,
  );
}
