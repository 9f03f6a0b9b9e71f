import type { MantineColorSchemeManager } from '@mantine/core';

/** Follows the system and keeps nothing: the window has no storage of its own. */
export const transientColorScheme: MantineColorSchemeManager = {
  get: fallback => fallback,
  set() {},
  subscribe() {},
  unsubscribe() {},
  clear() {},
};
