import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileError } from '../store/durable-file.ts';
import { cancelled, type RunJob } from './background.ts';
import type { InventoryJob, InventoryWritten, Progress, Watch } from './jobs.ts';

/**
 * Writes an inventory in two threads, a half each, where that says the same as one thread would: when both saw the same
 * state of the database. When something was changed between their starts, one thread writes it all.
 *
 * @throws what {@link RunJob} throws for an inventory
 */
export async function writeInHalves(
  run: RunJob,
  job: InventoryJob,
  watch: Watch = {},
): Promise<InventoryWritten> {
  const rest = `${job.draft}.rest`;
  try {
    const [first, last] = await runBoth(run, job, { ...job, draft: rest, half: 'last' }, watch);
    if (first.head !== last.head) {
      rmSync(job.draft, { force: true });
      return await run(job, watch);
    }
    const sha256 = await append(job, rest, watch);
    return { sha256, size: first.size + last.size, rows: first.rows + last.rows, head: first.head };
  } finally {
    rmSync(rest, { force: true });
  }
}

/** @throws what the first one that failed throws, when both threads are gone */
async function runBoth(
  run: RunJob,
  job: InventoryJob,
  last: InventoryJob,
  { onProgress, signal }: Watch,
): Promise<readonly [InventoryWritten, InventoryWritten]> {
  const failed = new AbortController();
  const state: Progress[] = [];
  let failure: unknown;
  const runHalf = async (half: InventoryJob, nth: 0 | 1) => {
    try {
      return await run(half, {
        signal: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal,
        onProgress: progress => {
          state[nth] = progress;
          const [one, other] = state;
          if (one && other) onProgress?.({ done: one.done + other.done, total: one.total + other.total });
        },
      });
    } catch (error) {
      failure ??= error;
      failed.abort();
      return undefined;
    }
  };
  const [one, other] = await Promise.all([runHalf({ ...job, half: 'first' }, 0), runHalf(last, 1)]);
  if (one && other) return [one, other];
  throw failure;
}

/**
 * Puts a file after the first half, durably both.
 *
 * @returns the hash of the whole, where it is asked for
 * @throws FILE_UNWRITABLE, CANCELLED
 */
async function append(
  { draft, hashed }: InventoryJob,
  rest: string,
  { signal }: Watch,
): Promise<string | null> {
  const hash = hashed ? createHash('sha256') : null;
  const hashing = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash?.update(chunk);
      yield chunk;
    }
  };
  const options = { highWaterMark: CHUNK };
  try {
    if (hash) await pipeline(createReadStream(draft, options), hashing, drop, { signal });
    const end = createWriteStream(draft, { flags: 'a', mode: 0o600, flush: true });
    await pipeline(createReadStream(rest, options), hashing, end, { signal });
  } catch (error) {
    throw signal?.aborted ? cancelled() : fileError(draft, error);
  }
  return hash?.digest('hex') ?? null;
}

/** Bytes read at a time: whoever else is to be answered waits for no more than their hash. */
const CHUNK = 256 * 1024;

async function drop(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of chunks);
}
