import { rmSync } from 'node:fs';
import { KeysmithError } from '../keys/errors.ts';
import { writeNewDurably } from '../store/durable-file.ts';

/** A new file that takes secrets before what they open exists, and goes again when that does not come to be. */
export interface SecretFile {
  readonly path: string;
  keep(text: string): void;
  /** What the secrets open exists: from here on the file must not go again. */
  settle(): void;
  discard(): void;
}

export function newSecretFile(path: string): SecretFile {
  let written = false;
  return {
    path,
    keep(text) {
      writeNewDurably(path, [text]);
      written = true;
    },
    settle() {
      written = false;
    },
    discard() {
      if (written) rmSync(path, { force: true });
    },
  };
}

/** Issues secrets into a file, which goes again when that fails. */
export function issueInto<T>(file: SecretFile, issue: () => T): T {
  try {
    const issued = issue();
    file.settle();
    return issued;
  } catch (error) {
    if (!mayExist(error)) file.discard();
    throw error;
  }
}

/** What was committed just when its database was moved away is there again when that is back. */
function mayExist(error: unknown): boolean {
  return (
    error instanceof KeysmithError && (error.code === 'STORE_MISSING' || error.code === 'STORE_REPLACED')
  );
}
