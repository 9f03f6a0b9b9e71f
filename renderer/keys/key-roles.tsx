import { Text } from '@mantine/core';
import type { Catalog, KeyView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import classes from './key-panel.module.css';

interface Props {
  readonly keyView: KeyView;
  readonly catalog: Catalog | undefined;
}

/** So many accounts are named. */
const NAMED = 200;

/** The roles of a key with the catalog's words for them, and the accounts that they are given for. */
export function KeyRoles({ keyView: { roles }, catalog }: Props) {
  const titles = new Map(catalog?.accounts.map(({ id, title }) => [id, title]));
  if (roles.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        This key has no roles.
      </Text>
    );
  }
  return (
    <ul className={classes.list} aria-label="Roles">
      {roles.map(({ role, accounts }) => {
        const entry = catalog?.roles.find(({ id }) => id === role);
        return (
          <li key={role}>
            <div>{entry?.title ?? role}</div>
            <div className={`mono ${classes.dim}`}>{role}</div>
            <div className={classes.dim}>
              {entry?.description ?? (catalog ? 'No longer in the catalog.' : '')}
            </div>
            {accounts === '*' && <div>For all accounts</div>}
            {Array.isArray(accounts) && (
              <div>
                For{' '}
                {new Intl.ListFormat('en').format([
                  ...accounts.slice(0, NAMED).map(id => titles.get(id) ?? id),
                  ...(accounts.length > NAMED ? [`${formatCount(accounts.length - NAMED)} more`] : []),
                ])}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
