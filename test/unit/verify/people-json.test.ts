import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeopleJson } from '../../../main/verify/people-json.ts';

describe('JSON that people may have formatted', () => {
  it('is read however it is spaced', () => {
    expect(parsePeopleJson(' {\n "a" : [ 1, {"a": ":{" } ] }\n')).toEqual({ a: [1, { a: ':{' }] });
  });

  it('may have one name in several objects', () => {
    expect(parsePeopleJson('{"a":{"a":1},"b":[{"a":1},{"a":2}]}')).toBeTruthy();
  });

  it.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"b":[{"a":{},"c":[],"a":1}]}', '{"\\"":1,"\\u0022":1}'])(
    'is refused when a member stands twice: %s',
    text => {
      expect(() => parsePeopleJson(text)).toThrow(SyntaxError);
    },
  );

  it('is read as JSON.parse reads it whenever no member stands twice', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parsePeopleJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
