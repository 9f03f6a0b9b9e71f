import { Text } from '@mantine/core';
import { Fragment } from 'react';
import type { Catalog, KeyView } from '../../preload/contract.ts';
import { Tag } from '../ui/tag.tsx';
import classes from './key-panel.module.css';
import { entriesOf, groupPermissions } from './permission-groups.ts';

/** What a key is granted, with the catalog's words for it. */
export function KeyPermissions({
  keyView: { permissions: ids, exposed },
  catalog,
}: {
  keyView: KeyView;
  catalog: Catalog | undefined;
}) {
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
            <div>
              {title} {exposed.includes(id) && <Tag tone="warn">Not public-safe</Tag>}
            </div>
            <div className={`mono ${classes.dim}`}>{id}</div>
            {description !== '' && <div className={classes.dim}>{description}</div>}
          </li>
        ))}
      </ul>
    </Fragment>
  ));
}
