import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import type { AuditAction } from '../keys/audit.ts';
import type { KeyImport } from '../keys/key-import.ts';
import { fileError, placeFile } from '../store/durable-file.ts';
import type { OpenForWriting } from '../trust/write-access.ts';
import { draftError } from './draft-error.ts';
import { placeKind } from './file-place.ts';
import { spoolKeyOf, spoolPath } from './open-import.ts';
import type { ImportWatch } from './run-import.ts';
import { encryptSpool } from './secrets-spool.ts';

/** What is left to do when every row is issued that will be; whoever died in it does it again. */
export async function finishImport(
  open: OpenForWriting,
  issued: KeyImport,
  watch: ImportWatch,
): Promise<void> {
  if (issued.state !== 'done') {
    const placed = issued.recipient === null ? issued : await encryptSecrets(open, issued, watch);
    write(open, placed, 'key-import.end', { state: 'done', spoolKey: null });
    watch.onStep?.('ended');
  }
  if (issued.recipient !== null) rmSync(spoolPath(issued.out), { force: true });
}

/**
 * Writes the one file for the recipient and moves it into place. Its hash is recorded in between: a process that dies
 * there leaves a file that is known for what it is.
 */
async function encryptSecrets(
  open: OpenForWriting,
  issued: KeyImport,
  watch: ImportWatch,
): Promise<KeyImport> {
  const { out, bytes, id, recipient } = issued;
  const key = spoolKeyOf(open.ports.tokens, issued);
  if (!key || recipient === null) throw new Error('an import without the key of its spool');
  if (issued.state === 'sealed' && (await isSealed(issued))) return issued;
  const draft = `${out}.new`;
  try {
    const tell = (part: number) =>
      watch.onProgress({ phase: 'encrypting', done: Math.floor(part * issued.done), total: issued.done });
    tell(0);
    const sealedSha256 = await encryptSpool({ path: spoolPath(out), bytes, key, id }, draft, recipient, tell);
    watch.onStep?.('encrypted');
    const sealed = write(open, issued, 'key-import.seal', { state: 'sealed', sealedSha256 });
    watch.onStep?.('sealed');
    placeFile(draft, out, { replace: false });
    watch.onStep?.('placed');
    return sealed;
  } catch (error) {
    throw draftError(error, draft, out);
  } finally {
    key.fill(0);
    rmSync(draft, { force: true });
  }
}

/** Whether the file that is in the place is the one that was recorded. */
async function isSealed({ out, sealedSha256 }: KeyImport): Promise<boolean> {
  if (placeKind(out) !== 'file' || !sealedSha256) return false;
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(out)) hash.update(chunk as Buffer);
  } catch (error) {
    throw fileError(out, error);
  }
  return hash.digest().equals(sealedSha256);
}

function write(
  { store, ports, actor }: OpenForWriting,
  record: KeyImport,
  action: AuditAction,
  change: Partial<Pick<KeyImport, 'state' | 'spoolKey' | 'sealedSha256'>>,
): KeyImport {
  const next = { ...record, ...change };
  return store.change(actor, ports.clock, tx => {
    const stamp = tx.record({
      action,
      subject: { kind: 'key-import', id: record.id, ref: record.ref },
      before: { state: record.state },
      after: {
        state: next.state,
        ...(next.state === 'done' && next.done < next.rows && { issued: next.done, of: next.rows }),
        ...(change.sealedSha256 && { sha256: change.sealedSha256.toString('hex') }),
      },
    });
    return tx.updateKeyImport(next, stamp);
  });
}
