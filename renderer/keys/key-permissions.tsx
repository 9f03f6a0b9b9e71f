import { Text } from '@mantine/core';
import { Fragment } from 'react';
import type { Catalog } from '../../preload/contract.ts';
import classes from './key-panel.module.css';
import { entriesOf, groupPermissions } from './permission-groups.ts';

/** What a key is granted, with the catalog's words for it. */
export function KeyPermissions({ ids, catalog }: { ids: readonly string[]; catalog: Catalog | undefined }) {
  if (ids.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        This key has no permissions.
      </Text>
    );
  }
  return groupPermissions(entriesOf(ids, catalog)).map(group => (
    <Fragment key={group.name}>
      <h3 className={classes.group}>{group.name}</h3>
      <ul className={classes.list}>
        {group.members.map(({ id, title, description }) => (
          <li key={id}>
            <div>{title}</div>
            <div className={`mono ${classes.dim}`}>{id}</div>
            {description !== '' && <div className={classes.dim}>{description}</div>}
          </li>
        ))}
      </ul>
    </Fragment>
  ));
}
