import type { BulkAction } from '../../../preload/contract.ts';

interface Words {
  readonly title: (count: string) => string;
  readonly button: string;
  readonly working: string;
  /** What will happen, for one key and for several. */
  readonly consequence: (one: boolean) => string;
  readonly done: string;
  readonly destructive: boolean;
}

/** What each change of several keys is called, and what it does. */
export const BULK_WORDS: Readonly<Record<BulkAction, Words>> = {
  disable: {
    title: count => `Disable ${count}?`,
    button: 'Disable',
    working: 'Disabling',
    consequence: one =>
      `${one ? 'It' : 'They'} will be refused until somebody enables ${one ? 'it' : 'them'}.`,
    done: 'disabled',
    destructive: false,
  },
  enable: {
    title: count => `Enable ${count}?`,
    button: 'Enable',
    working: 'Enabling',
    consequence: one =>
      `${one ? 'It' : 'They'} will work again, with what ${one ? 'it has' : 'they have'} now.`,
    done: 'enabled',
    destructive: false,
  },
  extend: {
    title: count => `Extend the expiry of ${count}?`,
    button: 'Extend',
    working: 'Extending',
    consequence: one =>
      `${one ? 'It gets' : 'All of them get'} the same new expiry, which must not be earlier than the one ${one ? 'it has' : 'each has'}.`,
    done: 'extended',
    destructive: false,
  },
  revoke: {
    title: count => `Revoke ${count}?`,
    button: 'Revoke',
    working: 'Revoking',
    consequence: one =>
      `${one ? 'It' : 'They'} will be refused for good. ${one ? 'It stays' : 'They stay'} in the list as Revoked and cannot be made active again.`,
    done: 'revoked',
    destructive: true,
  },
  remove: {
    title: count => `Remove ${count}?`,
    button: 'Remove',
    working: 'Removing',
    consequence: one =>
      `${one ? 'It' : 'They'} will be revoked and taken off the list. ${one ? 'It is' : 'They are'} refused for good, and ${one ? 'its name becomes' : 'their names become'} free.`,
    done: 'removed',
    destructive: true,
  },
};
