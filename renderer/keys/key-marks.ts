import type { KeyView } from '../../preload/contract.ts';
import { needsSaving } from './needs-saving.ts';
import { tokenProblems } from './token-problems.ts';

/** What an admin should know of a key at a glance, beside its status. */
export interface KeyMark {
  readonly word: string;
  readonly tone: 'quiet' | 'warn' | 'bad';
  readonly reason: string;
}

/** What needs an admin, the gravest first. `now` in milliseconds. */
export function keyMarks(key: KeyView, now: number): readonly KeyMark[] {
  if (key.tampered) {
    return [
      {
        word: 'Tampered',
        tone: 'bad',
        reason: 'Changed outside Keysmith: do not believe what this row says',
      },
    ];
  }
  const overdue = key.status === 'active' && key.rotationDueAt !== null && key.rotationDueAt * 1000 <= now;
  const token = tokenProblems(key);
  const marks: readonly (KeyMark | false)[] = [
    ...token.filter(({ tone }) => tone === 'bad'),
    key.exposed.length > 0 &&
      key.status !== 'revoked' && {
        word: 'Private-only permissions',
        tone: 'bad',
        reason: `A public key that holds permissions which are not public-safe: ${key.exposed.join(', ')}`,
      },
    needsSaving(key) && {
      word: 'Not saved',
      tone: 'warn',
      reason: 'Nobody confirmed that the secret was kept',
    },
    ...token.filter(({ tone }) => tone === 'warn'),
    overdue && {
      word: 'Rotation overdue',
      tone: 'warn',
      reason: 'The secret is older than its service’s policy allows',
    },
    key.unpublished && {
      word: 'Pending',
      tone: 'quiet',
      reason: 'The last bundle does not carry its state yet: services learn of it with the next one',
    },
  ];
  return marks.filter(mark => mark !== false);
}
