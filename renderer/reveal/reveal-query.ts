import { queryOptions } from '@tanstack/react-query';
import { call } from '../ui/call.ts';

export const REVEAL_KEY = 'reveal';

/**
 * The reveal that is open: asked of main when the page loads, put here when a key is created.
 * SECURITY: carries a handle and never the secret.
 */
export const revealQuery = queryOptions({
  queryKey: [REVEAL_KEY],
  queryFn: () => call(window.keysmith.reveal.current()),
});
