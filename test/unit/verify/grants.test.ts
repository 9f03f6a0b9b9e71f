import { describe, expect, it } from 'vitest';
import { openBundle } from '../../../main/verify/index.ts';
import {
  handmadeBundle,
  inFolder,
  jwt,
  jwtLine,
  NOW,
  trustDocument,
} from '../../fixtures/handmade-bundle.ts';

const ROLES = [
  { role: 'admin', accounts: null },
  { role: 'editor', accounts: '*' },
  { role: 'viewer', accounts: ['acc-1', 'acc-2'] },
];

async function opened(inBundle: readonly object[], inToken: readonly object[]) {
  const keys = [jwtLine(1, { permissions: ['read'], roles: inBundle })];
  const bundle = await openBundle(inFolder(handmadeBundle({ keys })), { trust: trustDocument(), at: NOW });
  const token = jwt(1, { scope: 'read', roles: inToken });
  return (role: string, account?: string, permission?: string) =>
    bundle.verify(token, { at: NOW, role, account, permission }).reason === null;
}

describe('a role', () => {
  it('for everything holds with and without an account', async () => {
    const holds = await opened(ROLES, ROLES);
    expect([holds('admin'), holds('admin', 'acc-9')]).toEqual([true, true]);
  });

  it('for all accounts holds for any, and never without one', async () => {
    const holds = await opened(ROLES, ROLES);
    expect([holds('editor', 'acc-9'), holds('editor')]).toEqual([true, false]);
  });

  it('for some accounts holds for these only', async () => {
    const holds = await opened(ROLES, ROLES);
    expect(['acc-1', 'acc-2', 'acc-3', '*', ''].map(account => holds('viewer', account))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(holds('viewer')).toBe(false);
  });

  it('holds by its exact name: none contains another', async () => {
    const holds = await opened(ROLES, ROLES);
    expect(['Admin', 'admin ', 'owner', ''].map(role => holds(role))).toEqual([false, false, false, false]);
  });

  it('must be held by the token and by the bundle, for the same account', async () => {
    const holds = await opened(
      [{ role: 'viewer', accounts: ['acc-1', 'acc-2'] }],
      [
        { role: 'viewer', accounts: ['acc-2', 'acc-3'] },
        { role: 'admin', accounts: null },
      ],
    );
    expect(['acc-1', 'acc-2', 'acc-3'].map(account => holds('viewer', account))).toEqual([
      false,
      true,
      false,
    ]);
    expect(holds('admin')).toBe(false);
  });

  it('and a permission that are asked together must both be held', async () => {
    const holds = await opened(ROLES, ROLES);
    expect([holds('admin', undefined, 'read'), holds('admin', undefined, 'write')]).toEqual([true, false]);
    expect(holds('owner', undefined, 'read')).toBe(false);
  });
});
