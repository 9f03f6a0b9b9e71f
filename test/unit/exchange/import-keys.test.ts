import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { imported, importFile, manyRows, secretsIn, unmatched } from '../../fixtures/imports.ts';
import { testInstallation } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

describe('keys issued from a file', () => {
  it('are all there, each with its secret in the file', async () => {
    const installation = await testInstallation();
    const out = join(temporaryFolder(), 'secrets.csv');
    const done = await imported(installation, importFile(manyRows(25)), { out, batch: 10 });
    expect(done).toEqual({ out, rows: 25, issued: 25, recipient: null });
    const lines = secretsIn(out);
    expect(lines).toHaveLength(25);
    expect(unmatched(installation, lines)).toEqual([]);
  });
  it('age', async () => {
    const installation = await testInstallation();
    const out = join(temporaryFolder(), 'secrets.age');
    const identity = await generateIdentity();
    const done = await imported(installation, importFile(manyRows(25)), {
      out,
      batch: 10,
      recipient: await identityToRecipient(identity),
    });
    expect(done.issued).toBe(25);
    expect(readFileSync(out).toString('latin1')).toMatch(/^age-enc/);
  });
});
