import { use } from 'react';
import type { KeyView } from '../../../preload/contract.ts';
import { Tag } from '../../ui/tag.tsx';
import { TitlesContext } from '../titles-context.ts';
import classes from './cells.module.css';

/** The first permission of a key by its title, and how many more there are. */
export function PermissionTags({ keyView: { service, permissions } }: { keyView: KeyView }) {
  const titleOf = use(TitlesContext);
  const titles = permissions.map(id => titleOf(service, id));
  const [first] = titles;
  if (first === undefined) return <span className={classes.dim}>None</span>;
  return (
    <span className={classes.tags} title={titles.slice(0, 40).join(', ')}>
      <Tag>{first}</Tag>
      {titles.length > 1 && <span className={classes.more}>+{titles.length - 1}</span>}
    </span>
  );
}
