import type { KeyView } from '../../preload/contract.ts';

/** What a key's secret is called on the screen. */
export function secretWord({ format }: Pick<KeyView, 'format'>): 'token' | 'secret' {
  return format === 'jwt' ? 'token' : 'secret';
}
