import { use } from 'react';
import type { KeyView } from '../../../preload/contract.ts';
import { Tag } from '../../ui/tag.tsx';
import { accountsWord } from '../grant-words.ts';
import { TitlesContext } from '../titles-context.ts';
import classes from './cells.module.css';

type Granted = Pick<KeyView, 'permissions' | 'roles'> & { readonly service: string };

/** The first role or permission of a key by its title, and how many more there are. */
export function GrantTags({ keyView: { service, permissions, roles } }: { keyView: Granted }) {
  const titles = use(TitlesContext);
  const grants = [
    ...roles.map(grant => ({ title: titles.role(service, grant.role), accounts: accountsWord(grant) })),
    ...permissions.map(id => ({ title: titles.permission(service, id), accounts: null })),
  ];
  const [first] = grants;
  if (first === undefined) return <span className={classes.dim}>None</span>;
  const words = grants.map(({ title, accounts }) => (accounts === null ? title : `${title} · ${accounts}`));
  return (
    <span
      className={classes.grants}
      data-accounts={first.accounts !== null || undefined}
      title={words.slice(0, 40).join(', ')}
    >
      <span className={classes.tags}>
        <Tag>{first.title}</Tag>
        {first.accounts !== null && <span className={classes.accounts}>· {first.accounts}</span>}
        {words.length > 1 && <span className={classes.more}>+{words.length - 1}</span>}
      </span>
    </span>
  );
}
