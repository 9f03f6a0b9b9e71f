import { describe, expect, it } from 'vitest';
import { decodeBase64url, parseStrict, parseStrictBytes } from '../../../main/verify/strict-json.ts';

describe('JSON that Keysmith wrote', () => {
  it('is read', () => {
    expect(parseStrict('{"a":[1,null,"é"]}')).toEqual({ a: [1, null, 'é'] });
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a": 1}',
    '[1e0]',
    '[1.0]',
    '[-0]',
    '["\\u0061"]',
    '["\\/"]',
    '{}\n',
    '',
    '[1',
  ])('is not %j', text => {
    expect(parseStrict(text)).toBeUndefined();
  });

  it('is valid UTF-8 without a byte order mark', () => {
    expect(parseStrictBytes(Buffer.from('["é"]'))).toEqual(['é']);
    expect(parseStrictBytes(Buffer.from([0x5b, 0x22, 0xc3, 0x22, 0x5d]))).toBeUndefined();
    expect(parseStrictBytes(Buffer.from('\uFEFF{}'))).toBeUndefined();
  });

  it('is never nested so deep that reading it throws', () => {
    expect(() => parseStrict('['.repeat(100_000) + ']'.repeat(100_000))).not.toThrow();
  });
});

describe('base64url', () => {
  it('has one spelling for the same bytes', () => {
    expect(decodeBase64url('_-8')).toEqual(Buffer.from([0xff, 0xef]));
    for (const other of ['_-9', '_-8=', '/+8', '_-8 ', '_-8\n', '_'])
      expect(decodeBase64url(other)).toBeUndefined();
  });
});
