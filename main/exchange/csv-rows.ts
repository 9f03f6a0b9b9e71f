import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { CsvError, parse } from 'csv-parse';
import { KeysmithError } from '../keys/errors.ts';
import { whyNotRead } from '../store/file-reasons.ts';

/** One row with the line that it starts on; lines are counted from 1, as editors do. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is read of a file piece by piece. */
export interface CsvPiece {
  readonly rows: readonly CsvRow[];
  /** Bytes read so far. */
  readonly read: number;
}

/** Why a file cannot be read on: nothing behind that line can be told apart. */
interface CsvBreak {
  readonly line: number;
  /** Place of the cell in its row, from 0; undefined when it is the row. */
  readonly cell: number | undefined;
  readonly why: string;
}

/** What is known at the end of a file. */
export interface CsvEnd {
  readonly sha256: Buffer;
  readonly size: number;
  readonly broken: CsvBreak | undefined;
}

const PIECE = 262_144;
/** Characters of one row: more than a thousand addresses and ten thousand accounts. */
const MAX_ROW = 2_000_000;

/**
 * Reads a CSV (RFC 4180) piece by piece: UTF-8, with or without a byte order mark, lines that end in CRLF, LF or CR,
 * empty lines passed over, rows of any number of cells. In memory is one piece at a time.
 *
 * Bytes that are not UTF-8 become U+0000, which no text may hold: whoever reads the cell refuses both alike.
 *
 * @throws FILE_UNREADABLE
 */
export async function* readCsv(path: string): AsyncGenerator<CsvPiece, CsvEnd> {
  const hash = createHash('sha256');
  const decode = decoder();
  let rows: CsvRow[] = [];
  let read = 0;
  /** Line ends of two characters within quotes, which the library counts twice. */
  let counted = 0;
  let lastLine = 0;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_ROW,
    on_record(cells: string[], { lines }) {
      let within = 0;
      for (const cell of cells) {
        if (!/[\r\n]/.test(cell)) continue;
        counted += cell.match(/\r\n/g)?.length ?? 0;
        within += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
      }
      lastLine = lines - counted;
      rows.push({ line: lastLine - within, cells });
      // Nothing is kept in the stream: rows are told apart in this very call.
      return null;
    },
  });
  let failure: unknown;
  parser.on('error', error => {
    failure ??= error;
  });
  parser.resume();
  const pass = (text: string) => new Promise<void>(done => parser.write(text, () => done()));
  const file = createReadStream(path, { highWaterMark: PIECE });
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      hash.update(chunk);
      read += chunk.length;
      if (failure === undefined) await pass(decode(chunk));
      if (rows.length === 0) continue;
      yield { rows, read };
      rows = [];
    }
    if (failure === undefined) {
      await pass(decode());
      if (failure === undefined) await new Promise<void>(done => parser.on('error', () => done()).end(done));
    }
    if (rows.length > 0) yield { rows, read };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined || !('syscall' in (cause as object))) throw cause;
    throw new KeysmithError('FILE_UNREADABLE', `The file ${path} cannot be read: ${whyNotRead(code)}.`, {
      field: 'file',
      cause,
    });
  } finally {
    file.destroy();
    parser.destroy();
  }
  return { sha256: hash.digest(), size: read, broken: breakOf(failure, lastLine, counted) };
}

/** Text of what may be cut anywhere; the last call, without a chunk, gives what was left over. */
function decoder(): (chunk?: Buffer) => string {
  const lenient = new StringDecoder('utf8');
  const strict = new TextDecoder('utf-8', { fatal: true });
  let isBroken = false;
  return chunk => {
    const text = chunk ? lenient.write(chunk) : lenient.end();
    try {
      if (!isBroken) strict.decode(chunk, { stream: chunk !== undefined });
    } catch {
      isBroken = true;
    }
    return isBroken ? text.replaceAll('\uFFFD', '\0') : text;
  };
}

function breakOf(failure: unknown, lastLine: number, counted: number): CsvBreak | undefined {
  if (failure === undefined) return undefined;
  if (!(failure instanceof CsvError)) throw failure;
  const { code, lines } = failure;
  const column = Number(failure.column);
  const at = { line: Number(lines) - counted, cell: Number.isInteger(column) ? column : undefined };
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { line: lastLine + 1, cell: undefined, why: 'has a quote that is opened and never closed' };
    case 'CSV_MAX_RECORD_SIZE':
      return { line: lastLine + 1, cell: undefined, why: `is longer than ${MAX_ROW} characters` };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return { ...at, why: 'has text behind the quote that closes a cell' };
    case 'INVALID_OPENING_QUOTE':
      return { ...at, why: 'has a quote in the middle of a cell that is not quoted' };
    default:
      throw failure;
  }
}
