import { expect, it } from 'vitest';
import type { Key } from '../../../main/keys/key.ts';
import type { KeyQuery } from '../../../main/keys/key-query.ts';
import { addCrowd } from '../../bench/crowd.ts';
import { LIST_MIXES } from '../../bench/list-mixes.ts';
import { requireSamePages } from '../../bench/require-same-pages.ts';
import { NOW, testInstallation } from '../../fixtures/installation.ts';

it('lets the right page of every mix pass, and no page that lacks a key, has one too many, or another order', {
  timeout: 120_000,
}, async () => {
  const installation = await testInstallation();
  addCrowd(installation, 400);
  const { store } = installation;
  const compare = (change: (keys: readonly Key[]) => readonly Key[]) =>
    requireSamePages(
      {
        ...store,
        keys(query: KeyQuery, now: number) {
          const page = store.keys(query, now);
          return { ...page, keys: change(page.keys) };
        },
      },
      NOW,
    );
  expect(compare(keys => keys)).toBe(LIST_MIXES.length);
  expect(() => compare(keys => keys.slice(1))).toThrow(/stand before/);
  expect(() => compare(keys => keys.toSpliced(5, 1))).toThrow(/belong on/);
  expect(() => compare(keys => keys.slice(0, -1))).toThrow(/keys more match|is empty/);
  expect(() => compare(keys => keys.toReversed())).toThrow(/not in order/);
  const [stranger] = store.keys({ sort: { field: 'created', descending: false }, limit: 1 }, NOW).keys;
  expect(() => compare(keys => (keys.length > 50 ? keys : [...keys, stranger as Key]))).toThrow();
});
