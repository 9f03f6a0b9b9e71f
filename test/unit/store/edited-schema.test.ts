import { describe, expect, it } from 'vitest';
import { parseSort } from '../../../main/keys/key-query.ts';
import { findings, populated, run } from '../../fixtures/edited-by-hand.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { NOW } from '../../fixtures/installation.ts';

describe('a schema that was edited by hand', () => {
  it.each([
    ['an index is gone', 'DROP INDEX key_by_name', 'missing', 'schema key_by_name'],
    ['what keeps names apart is gone', 'DROP INDEX key_name', 'missing', 'schema key_name'],
    ['there is a table', 'CREATE TABLE mine (x)', 'extra', 'schema mine'],
    ['there is a view', 'CREATE VIEW mine AS SELECT 1', 'extra', 'schema mine'],
    ['a table has a column', 'ALTER TABLE audit ADD COLUMN mine TEXT', 'tampered', 'schema audit'],
  ])('is found where %s', async (_, sql, kind, subject) => {
    const installation = await populated();
    run(installation, sql);
    expect((await findings(installation)).map(found => [found.kind, found.subject])).toEqual([
      [kind, subject],
    ]);
  });

  it('and lacks an index that a list walks is said to be damaged, in a sentence', async () => {
    const installation = await populated();
    run(installation, 'DROP INDEX key_by_name');
    const list = () => installation.store.keys({ sort: parseSort('name'), limit: 10 }, NOW);
    expect(refusal('STORE_DAMAGED', list).message).toContain('changed outside Keysmith');
  });
});
