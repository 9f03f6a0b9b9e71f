import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fold,
  LIMITS,
  parseDescription,
  parseName,
  parseOwner,
  parseReason,
} from '../../../main/keys/text.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

describe('a name', () => {
  it('is kept in NFC', () => {
    expect(parseName('e\u0301cole')).toBe('\u00e9cole');
  });

  it.each([
    ['empty', ''],
    ['with a leading space', ' ci'],
    ['with a trailing space', 'ci\u00a0'],
    ['with a line break', 'a\nb'],
    ['with a NUL', 'a\0b'],
    ['with a bidirectional override', 'a\u202eb'],
    ['with a lone surrogate', 'a\ud800b'],
    ['of 129 characters', 'x'.repeat(129)],
  ])('is refused %s', (_, name) => {
    expect(refusal('NAME_INVALID', () => parseName(name)).field).toBe('name');
  });

  it('may have 128 characters, counted as people count them', () => {
    expect([...parseName('😀'.repeat(LIMITS.name))]).toHaveLength(128);
    refusal('NAME_INVALID', () => parseName('😀'.repeat(LIMITS.name + 1)));
    refusal('NAME_INVALID', () => parseName(`${'x'.repeat(LIMITS.name - 1)}😀😀`));
  });

  it('never repeats more of a wrong one than fits a line', () => {
    const { message } = refusal('NAME_INVALID', () => parseName('y'.repeat(10_000_000)));
    expect(message).toContain('10000000 characters');
    expect(message.length).toBeLessThan(400);
  });
});

describe('a description', () => {
  it('may have line breaks, which become LF', () => {
    expect(parseDescription('a\r\nb\rc\td')).toBe('a\nb\nc\td');
  });

  it.each([
    ['of 2,001 characters', 'x'.repeat(2001)],
    ['of 10 MB', 'x'.repeat(10_000_000)],
    ['with an escape character', 'a\u001b[31m'],
    ['with a line separator', 'a\u2028b'],
  ])('is refused %s', (_, text) => {
    expect(refusal('DESCRIPTION_INVALID', () => parseDescription(text)).field).toBe('description');
  });

  it('may be empty, and have 2,000 characters', () => {
    expect(parseDescription('')).toBe('');
    expect(parseDescription('x'.repeat(2000))).toHaveLength(2000);
  });
});

describe('an owner and a reason', () => {
  it('may be empty', () => {
    expect([parseOwner(''), parseReason('')]).toEqual(['', '']);
  });

  it('are refused when too long', () => {
    refusal('OWNER_INVALID', () => parseOwner('x'.repeat(201)));
    refusal('REASON_INVALID', () => parseReason('x'.repeat(501)));
  });
});

describe('folding', () => {
  it.each([
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδος'],
    ['e\u0301', 'É'],
    ['\u212a', 'k'],
    ['ﬁx', 'FIX'],
  ])('makes %j and %j one', (a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it('keeps what differs apart', () => {
    expect(fold('ci-1')).not.toBe(fold('ci_1'));
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => fold(fold(text)) === fold(text)));
  });

  it('makes the same of plain text whatever stands behind it', () => {
    const plain = fc.string({ unit: 'binary-ascii' });
    fc.assert(fc.property(plain, text => fold(`${text}ß`) === `${fold(text)}ss`));
  });
});
