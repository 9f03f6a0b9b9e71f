import { describe, expect, it } from 'vitest';
import { catalogSchema } from '../../../main/keys/catalog.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { addDuration, parseDuration, resolveExpiry } from '../../../main/keys/expiry.ts';
import { policySchema } from '../../../main/keys/policy.ts';
import { parsePrefix, parseSlug, toCatalog } from '../../../main/keys/service.ts';
import { findTemplate, TEMPLATES } from '../../../main/keys/templates.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

const LEAP_DAY = Date.UTC(2028, 1, 29, 12) / 1000;
const end = (text: string, now: number) => addDuration(now, parseDuration(text) ?? { months: 0, seconds: 0 });

describe.each(TEMPLATES.map(template => [template.id, template] as const))(
  'the template %s',
  (id, template) => {
    it('has a policy and a catalog that could be imported as they are', () => {
      expect(policySchema.parse(template.policy)).toEqual(template.policy);
      expect(catalogSchema.parse(template.catalog)).toEqual(template.catalog);
    });

    it('has a title and a description for everything that can be granted', () => {
      const { permissions, roles, accounts } = template.catalog;
      for (const { id: entry, title, description } of [...permissions, ...roles, ...accounts])
        expect(title.length * description.length, entry).toBeGreaterThan(0);
    });

    it('offers only expiries that it allows, its default among them', () => {
      const { expiry } = template.policy;
      for (const now of [NOW, LEAP_DAY]) {
        const latest = expiry.max === null ? Infinity : end(expiry.max, now);
        for (const choice of [...expiry.choices, ...(expiry.default === null ? [] : [expiry.default])]) {
          expect(end(choice, now)).toBeLessThanOrEqual(latest);
          expect(resolveExpiry(choice, template.policy, now)).toBe(end(choice, now));
        }
        expect(() => resolveExpiry(undefined, template.policy, now)).not.toThrow();
      }
      if (expiry.default !== null) expect(expiry.choices).toContain(expiry.default);
    });

    it('names a first service that can be made', () => {
      const { slug, prefix } = template.service;
      expect([parseSlug(slug), parsePrefix(prefix)]).toEqual([slug, prefix]);
      expect(template.summary).toMatch(/^[A-Z].*\.$/);
    });

    it('gives a service its catalog and policy, which can be edited', async () => {
      const { ports, actor, store } = await testInstallation();
      const service = createService(ports, actor, { service: 'own', template: id });
      expect(service).toMatchObject({ policy: template.policy, format: template.format, template: id });
      expect(toCatalog(store.catalog(service.ref))).toEqual(template.catalog);
      const renamable = !template.policy.renamable;
      expect(editService(ports, actor, { service: 'own', policy: { renamable } }).policy.renamable).toBe(
        renamable,
      );
    });
  },
);

describe('a template', () => {
  it('is found by its ID alone', () => {
    expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
    expect(findTemplate('public-private-keys').title).toBe('Public and private keys');
    expect(refusal('TEMPLATE_UNKNOWN', () => findTemplate('Blank')).message).toContain('team-access-keys');
  });

  it('with public and private keys lets public ones create sessions and deferred requests, no more', () => {
    const { catalog, policy } = findTemplate('public-private-keys');
    expect(catalog.permissions.filter(each => each.public_safe).map(({ id }) => id)).toEqual([
      'sessions:create',
      'deferred-requests:create',
    ]);
    expect(policy).toEqual({
      kinds: ['private', 'public'],
      expiry: { required: true, default: 'P1Y', max: 'P1Y', choices: ['P30D', 'P90D', 'P6M', 'P1Y'] },
      allowed_ips: true,
      rotation: 'P90D',
      renamable: true,
      managed_by: 'manager',
    });
  });
});
