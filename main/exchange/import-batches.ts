import type { KeyTexts } from '../keys/draft-many.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { Ports } from '../keys/ports.ts';
import { type DrawnPlaces, type SignedAhead, signAhead } from '../keys/sign-ahead.ts';
import { type CsvEnd, readCsv } from './csv-rows.ts';
import { type Header, isMistakes, readHeader, readRow } from './import-rows.ts';
import type { ImportJob } from './jobs.ts';

/** A row and where it stands in the file. */
interface PlacedRow {
  readonly line: number;
  readonly texts: KeyTexts;
}

/** Rows of one transaction. */
export interface Batch {
  readonly rows: readonly PlacedRow[];
  readonly ahead: SignedAhead | undefined;
}

/**
 * Reads the rows of a file behind those that were issued, as many at a time as a transaction takes. While whoever asks
 * writes one batch, the tokens of the next one are signed.
 */
export async function* signedBatches(
  ports: Ports,
  job: ImportJob,
  skip: number,
): AsyncGenerator<Batch, CsvEnd> {
  const read = readBatches(job, skip);
  const begin = async (rows: readonly PlacedRow[], drawn: DrawnPlaces): Promise<Batch> => {
    const request = { service: job.service, keys: rows.map(({ texts }) => texts), now: ports.clock() };
    return { rows, ahead: await signAhead(ports, request, drawn) };
  };
  let own: DrawnPlaces['own'] = new Set();
  let waiting: Promise<Batch> | undefined;
  try {
    for (;;) {
      const { done, value } = await read.next();
      if (done) {
        if (waiting) yield await waiting;
        return value;
      }
      // The batch before it is not written yet.
      const drawn = { before: own, own: new Set<string>() };
      own = drawn.own;
      const next = begin(value, drawn);
      if (waiting) yield await waiting;
      waiting = next;
    }
  } finally {
    await read.return(undefined as never);
  }
}

async function* readBatches(
  { file, batch: size }: ImportJob,
  skip: number,
): AsyncGenerator<PlacedRow[], CsvEnd> {
  let header: Header | undefined;
  let row = 0;
  let batch: PlacedRow[] = [];
  const pieces = readCsv(file);
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) {
        if (batch.length > 0) yield batch;
        return value;
      }
      for (const read of value.rows) {
        if (!header) {
          header = checked(readHeader(read));
          continue;
        }
        row += 1;
        if (row <= skip) continue;
        batch.push({ line: read.line, texts: checked(readRow(header, read)) });
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
    }
  } finally {
    await pieces.return(undefined as never);
  }
}

/** The file was checked; what is wrong with it now was not so then. */
function checked<T extends object>(result: Parameters<typeof isMistakes<T>>[0]): T {
  if (!isMistakes(result)) return result;
  throw new KeysmithError('FILE_CHANGED', `Line ${result[0]?.line}: ${result[0]?.message}`, {
    field: 'file',
  });
}
