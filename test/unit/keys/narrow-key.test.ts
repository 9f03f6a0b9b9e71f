import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RoleGrant } from '../../../main/keys/key.ts';
import { narrowReach, type Reach } from '../../../main/keys/narrow-key.ts';
import { isIpAllowed } from '../../../main/verify/allowed-ips.ts';
import { areGranted } from '../../../main/verify/grants.ts';

const reach = (change: Partial<Reach>): Reach => ({ permissions: [], roles: [], allowedIps: [], ...change });

test('what two states have in common is what both grant', () => {
  expect(narrowReach(reach({ permissions: ['a', 'b'] }), reach({ permissions: ['b', 'c'] }))).toEqual(
    reach({ permissions: ['b'] }),
  );
});

test('from no address at all is not from every address', () => {
  expect(narrowReach(reach({ allowedIps: ['10.0.0.0/8'] }), reach({ allowedIps: ['192.0.2.1'] }))).toBeNull();
});

const ips = fc.uniqueArray(
  fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '192.0.2.0/24', '2001:db8::/32', '2001:db8::1'),
);
const accounts: fc.Arbitrary<RoleGrant['accounts']> = fc.oneof(
  fc.constantFrom(null, '*' as const),
  fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
);
const roles = fc.uniqueArray(fc.record({ role: fc.constantFrom('viewer', 'admin'), accounts }), {
  selector: ({ role }) => role,
});
const states = fc.record({
  permissions: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  roles,
  allowedIps: ips,
});

test('a request passes the narrowed key exactly where it passes both', () => {
  fc.assert(
    fc.property(states, states, (a, b) => {
      const both = narrowReach(a, b);
      const asked = [
        ...['a', 'b', 'c'].map(permission => ({ permission, role: undefined, account: undefined })),
        ...['viewer', 'admin'].flatMap(role =>
          [undefined, 'x', 'y', 'z', 'w'].map(account => ({ permission: undefined, role, account })),
        ),
      ];
      for (const each of asked)
        expect(both !== null && areGranted(each, both)).toBe(
          both !== null && areGranted(each, a) && areGranted(each, b),
        );
      for (const ip of [
        '10.1.2.3',
        '10.1.9.9',
        '10.200.0.1',
        '192.0.2.9',
        '203.0.113.1',
        '2001:db8::1',
        '2001:db8::2',
      ])
        expect(both !== null && isIpAllowed(both.allowedIps, ip)).toBe(
          isIpAllowed(a.allowedIps, ip) && isIpAllowed(b.allowedIps, ip),
        );
    }),
  );
});
