/** What a catalog consists of. */
export const PARTS = ['permissions', 'roles', 'accounts'] as const;
export type CatalogPart = (typeof PARTS)[number];

interface PartWords {
  readonly title: string;
  /** One entry. */
  readonly word: string;
  /** What the ID says beside being one. */
  readonly idHint: string;
  /** The one thing that is decided of an entry beside its words; null where there is none. */
  readonly flag: { readonly label: string; readonly description: string } | null;
}

export const PART_WORDS: Readonly<Record<CatalogPart, PartWords>> = {
  permissions: {
    title: 'Permissions',
    word: 'permission',
    idHint: '; what stands before the first : is its group.',
    flag: {
      label: 'Public-safe',
      description: 'Public keys can be given it: anyone may see such a key and use it.',
    },
  },
  roles: {
    title: 'Roles',
    word: 'role',
    idHint: '.',
    flag: {
      label: 'Scoped',
      description: 'It is given for chosen accounts or for all of them; otherwise it holds for everything.',
    },
  },
  accounts: { title: 'Accounts', word: 'account', idHint: '.', flag: null },
};
