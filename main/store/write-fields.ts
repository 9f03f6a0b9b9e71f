import type { SqlValue } from './seals.ts';

const COLON = 0x3a;
const SEMICOLON = 0x3b;
const LETTER = { null: 0x6e, text: 0x73, blob: 0x62, integer: 0x69 } as const;
/** Digits of a number, its letter and its end: no number of SQLite has more. */
const NUMBER_ROOM = 32;
const MAX_SMALL = 0x7fff_ffff;

/**
 * Writes what `encodeFields` gives, as UTF-8 and without making a text of it first: every row that is read has its
 * seal checked, and most of that would be gluing texts together.
 *
 * @param into where there is room from `at` on
 * @returns where it ends; undefined when there is too little room
 */
export function writeFields(values: readonly SqlValue[], into: Buffer, at: number): number | undefined {
  let end = at;
  for (const value of values) {
    if (end + roomOf(value) > into.length) return undefined;
    if (value === null) {
      into[end] = LETTER.null;
      into[end + 1] = SEMICOLON;
      end += 2;
    } else if (typeof value === 'string') {
      end = writeText(value, into, end);
    } else if (Buffer.isBuffer(value)) {
      into[end] = LETTER.blob;
      end = writeNumber(value.length, into, end + 1);
      into[end] = COLON;
      end += 1 + into.write(value.toString('hex'), end + 1, 'latin1');
    } else {
      into[end] = LETTER.integer;
      end = writeNumber(value, into, end + 1);
      into[end] = SEMICOLON;
      end += 1;
    }
  }
  return end;
}

/** UTF-8 takes three bytes for each unit of a text at most, hex two for each byte. */
function roomOf(value: SqlValue): number {
  if (typeof value === 'string') return NUMBER_ROOM + 3 * value.length;
  return Buffer.isBuffer(value) ? NUMBER_ROOM + 2 * value.length : NUMBER_ROOM;
}

function writeText(text: string, into: Buffer, at: number): number {
  into[at] = LETTER.text;
  const start = writeNumber(text.length, into, at + 1) + 1;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Beyond ASCII, a text has more bytes than units.
    if (unit > 0x7f) return writeWideText(text, into, at);
    into[start + index] = unit;
  }
  into[start - 1] = COLON;
  return start + text.length;
}

function writeWideText(text: string, into: Buffer, at: number): number {
  const colon = writeNumber(Buffer.byteLength(text), into, at + 1);
  into[colon] = COLON;
  return colon + 1 + into.write(text, colon + 1, 'utf8');
}

function writeNumber(value: number | bigint, into: Buffer, at: number): number {
  if (typeof value === 'bigint' || !(value >= 0 && value <= MAX_SMALL && Number.isInteger(value)))
    return at + into.write(String(value), at, 'latin1');
  let end = at + 1;
  for (let power = 10; power <= value; power *= 10) end += 1;
  let rest = value;
  for (let place = end - 1; place >= at; place -= 1) {
    const tenth = (rest / 10) | 0;
    into[place] = 0x30 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}
