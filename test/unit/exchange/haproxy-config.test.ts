import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { haproxyConfig } from '../../../main/exchange/haproxy-config.ts';
import type { ServiceSlug } from '../../../main/keys/ids.ts';

const options = {
  service: 'team-api' as ServiceSlug,
  title: 'Team API',
  sequence: 7,
  expiresAt: 1_900_000_000,
  permissions: ['computers:read', 'computers:write', 'groups:read', 'groups:write'],
  leftOut: 2,
};

describe('the configuration for HAProxy', () => {
  it('reads as it is to be read', async () => {
    await expect(haproxyConfig(options)).toMatchFileSnapshot(
      join(import.meta.dirname, 'expected/haproxy.cfg'),
    );
  });

  it('says how many keys are not in the maps', () => {
    const sentence = (leftOut: number) => haproxyConfig({ ...options, leftOut }).split('\n')[2];
    expect(sentence(0)).toBe('# No key has allowed IPs: the maps hold every active key.');
    expect(sentence(1)).toMatch(/^# 1 key that has allowed IPs is not in the maps/);
    expect(sentence(12)).toMatch(/^# 12 keys that have allowed IPs are not in the maps/);
  });

  it('shows a rule for any valid key where the catalog has no permissions', () => {
    expect(haproxyConfig({ ...options, permissions: [] })).toContain(
      '\n#                            GET:/example/path *\n',
    );
  });

  it.each([
    'a\nfrontend open',
    'a\r\nglobal',
    'a\u2028b\u2029c\u0085d',
    'a\0b\u001b[2J',
    'a\u202eb\u2066c\ud800d',
    '\\',
    '\u0024{KEYSMITH_BIND}',
    '.if 1',
  ])('keeps the title %j in its comment', title => {
    const [first = '', ...rest] = haproxyConfig({ ...options, title }).split('\n');
    const [expected = '', ...others] = haproxyConfig(options).split('\n');
    expect(rest).toEqual(others);
    expect(first).toMatch(/^# [^\p{C}\p{Zl}\p{Zp}]*$/u);
    expect(first.startsWith(expected.slice(0, expected.indexOf('Team API')))).toBe(true);
  });

  it.each(['a b', 'a\nb', '', '*', '"', '\u0024{X}', 'a)', 'x'.repeat(65)])(
    'is refused with %j for a permission',
    permission => {
      expect(() => haproxyConfig({ ...options, permissions: ['fine', permission] })).toThrow(
        'is not a permission',
      );
    },
  );

  it('is refused with anything but a service and whole numbers', () => {
    expect(() => haproxyConfig({ ...options, service: 'a\nb' as ServiceSlug })).toThrow('is not a service');
    expect(() => haproxyConfig({ ...options, expiresAt: Number.NaN })).toThrow('NaN is not a whole number');
    expect(() => haproxyConfig({ ...options, sequence: 1.5 })).toThrow('1.5 is not a whole number');
    expect(() => haproxyConfig({ ...options, leftOut: -1 })).toThrow('-1 is not a whole number');
  });
});
