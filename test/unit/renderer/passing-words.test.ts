import { expect, it, vi } from 'vitest';
import { createPassingWords } from '../../../renderer/ui/passing-words.ts';

it('the oldest words make room for the newest, the same words are there once, and what went takes no room', () => {
  const hide = vi.fn();
  const words = createPassingWords(hide);
  words.comes('1', 'saved');
  words.comes('2', 'renamed');
  expect(hide.mock.calls.flat()).toEqual([]);
  words.comes('3', 'revoked');
  expect(hide.mock.calls.flat()).toEqual(['1']);
  words.comes('4', 'revoked');
  expect(hide.mock.calls.flat()).toEqual(['1', '3']);
  words.went('2');
  words.comes('5', 'removed');
  expect(hide.mock.calls.flat()).toEqual(['1', '3']);
});
