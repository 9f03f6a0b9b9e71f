import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedIps, isIpAllowed } from '../../../main/verify/allowed-ips.ts';

const LIST = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '2001:db9::1'];

describe('the allowed IPs', () => {
  it.each([
    '10.255.0.1',
    '192.0.2.7',
    '2001:db8:1::',
    '2001:DB9:0:0::1',
    '::ffff:10.1.2.3',
    '::FFFF:c000:0207',
  ])('contain %s', ip => {
    expect(isIpAllowed(LIST, ip)).toBe(true);
  });

  it.each([
    '11.0.0.1',
    '192.0.2.8',
    '2001:db9::2',
    '::ffff:11.0.0.1',
    '::10.1.2.3',
    '10.0.0.1:80',
    '10.0.0.0/8',
    '010.0.0.1',
    '2001:db8::1%eth0',
    '[2001:db8::1]',
    ' 10.0.0.1',
    '',
    'localhost',
  ])('do not contain %j', ip => {
    expect(isIpAllowed(LIST, ip)).toBe(false);
  });

  it('let every address in when there are none, and need one when there are some', () => {
    expect(isIpAllowed([], undefined)).toBe(true);
    expect(isIpAllowed(LIST, undefined)).toBe(false);
  });

  it('of one family say nothing about the other', () => {
    expect(isIpAllowed(['::/0'], '192.0.2.7')).toBe(false);
    expect(isIpAllowed(['::/0'], '::ffff:192.0.2.7')).toBe(false);
    expect(isIpAllowed(['0.0.0.0/0'], '2001:db8::1')).toBe(false);
    expect(isIpAllowed(['0.0.0.0/0'], '192.0.2.7')).toBe(true);
    expect(isIpAllowed(['::/0'], '2001:db8::1')).toBe(true);
  });

  it('never throw, whatever the address is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6()), ip => typeof isIpAllowed(LIST, ip) === 'boolean'),
    );
  });

  it.each(['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', 'fe80::1%1', 'x', 5])(
    'are not a list with %j',
    entry => {
      expect(isAllowedIps(['10.0.0.1', entry])).toBe(false);
    },
  );
});
