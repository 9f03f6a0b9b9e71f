import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../../main/keys/import-catalog.ts';
import { policySchema } from '../../../main/keys/policy.ts';
import { TEMPLATES } from '../../../main/keys/templates.ts';
import { refusal } from '../../fixtures/expect-failure.ts';

describe('a catalog file', () => {
  it('may leave out what is empty', () => {
    expect(parseCatalog('{"permissions":[{"id":"a","title":"A"}]}')).toEqual({
      permissions: [{ id: 'a', title: 'A', description: '', public_safe: false }],
      roles: [],
      accounts: [],
    });
  });

  it('names every mistake with its path', () => {
    const text = JSON.stringify({
      permissions: [
        { id: 'a b', title: 'A' },
        { id: 'c', title: '' },
      ],
      roles: [{ id: 'r' }],
      extra: 1,
    });
    const { message, field } = refusal('CATALOG_INVALID', () => parseCatalog(text));
    expect(field).toBe('catalog');
    for (const path of ['permissions[0].id', 'permissions[1].title', 'roles[0].title', 'extra'])
      expect(message).toContain(path);
  });

  it('refuses an ID that is there twice', () => {
    const text = JSON.stringify({
      roles: [
        { id: 'r', title: 'R' },
        { id: 'r', title: 'S' },
      ],
    });
    expect(refusal('CATALOG_INVALID', () => parseCatalog(text)).message).toContain(
      'roles[1].id: is there twice',
    );
  });

  it('refuses what is not JSON', () => {
    refusal('CATALOG_INVALID', () => parseCatalog('permissions: []'));
  });
});

describe('every template', () => {
  it.each(TEMPLATES.map(template => [template.id, template] as const))(
    '%s has a possible policy and catalog',
    (_, { policy, catalog }) => {
      expect(policySchema.parse(policy)).toEqual(policy);
      expect(parseCatalog(JSON.stringify(catalog))).toEqual(catalog);
    },
  );
});
