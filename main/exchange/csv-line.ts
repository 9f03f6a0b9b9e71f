/** What a cell cannot hold as it is (RFC 4180, section 2). */
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A line of a CSV with its end, CRLF. Cells are quoted only where they must be.
 *
 * Our own because csv-stringify takes longer for a row than it takes to read the row and to check its seal; a test
 * holds it against that.
 */
export function csvLine(cells: readonly string[]): string {
  let line = '';
  let separator = '';
  for (const cell of cells) {
    line += separator;
    line += NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    separator = ',';
  }
  return `${line}\r\n`;
}
