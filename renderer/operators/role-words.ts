import type { OperatorRole } from '../../preload/contract.ts';

/** What each role may do, in a sentence. */
export const ROLE_WORDS: Readonly<Record<OperatorRole, { readonly title: string; readonly may: string }>> = {
  owner: {
    title: 'Owner',
    may: 'Does everything; operators, the lock, the vault and backups are for owners.',
  },
  admin: {
    title: 'Admin',
    may: 'Manages services, their policies, signing keys, and the keys of every service.',
  },
  manager: {
    title: 'Manager',
    may: 'Manages keys of the services that managers may manage, and exports bundles.',
  },
  viewer: {
    title: 'Viewer',
    may: 'Sees everything but secrets, exports unsigned inventories, and changes nothing.',
  },
};
