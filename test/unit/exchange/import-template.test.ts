import { expect, it } from 'vitest';
import { checkImport } from '../../../main/exchange/check-import.ts';
import { importTemplate } from '../../../main/exchange/import-template.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { TEMPLATES } from '../../../main/keys/templates.ts';
import { importFile } from '../../fixtures/imports.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

it.each(TEMPLATES.map(({ id }) => id))('the template file of a %s service is one it takes', async id => {
  const { ports, actor, store } = await testInstallation();
  createService(ports, actor, { service: 'some', template: id });
  const text = importTemplate(store, 'some');
  expect(text).toMatch(/^name,description,owner,kind,permissions,roles,allowed_ips,expires\r\nexample-key,/);
  const file = importFile(text);
  const { rows, mistakes, preview } = await checkImport(
    store,
    { kind: 'import-check', file, size: text.length, service: 'some', skip: 0, now: NOW },
    () => undefined,
  );
  expect(mistakes).toEqual([]);
  expect(rows).toBe(1);
  const [key] = preview;
  // What a service has to grant is in it, so that it shows how that is written.
  const grants = store
    .catalog(store.service('some')?.ref ?? (0 as never))
    .filter(({ type }) => type !== 'account');
  expect((key?.permissions.length ?? 0) + (key?.roles.length ?? 0) > 0).toBe(grants.length > 0);
});
