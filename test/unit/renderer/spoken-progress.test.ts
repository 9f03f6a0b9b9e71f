import { expect, test } from 'vitest';
import { isWorthSaying } from '../../../renderer/ui/spoken-progress.ts';

test('progress is said again once it is ten percent further and five seconds have passed', () => {
  const before = { at: 1000, percent: 20 };
  expect(isWorthSaying(before, { at: 6000, percent: 30 })).toBe(true);
  expect(isWorthSaying(before, { at: 5999, percent: 90 })).toBe(false);
  expect(isWorthSaying(before, { at: 60_000, percent: 29.9 })).toBe(false);
});
