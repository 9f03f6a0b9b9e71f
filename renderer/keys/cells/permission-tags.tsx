import { use } from 'react';
import type { KeyView } from '../../../preload/contract.ts';
import { Tag } from '../../ui/tag.tsx';
import { TitlesContext } from '../titles-context.ts';
import classes from './cells.module.css';

/** The first permission of a key by its title, and how many more there are. */
export function PermissionTags({ keyView: { service, permissions } }: { keyView: KeyView }) {
  const titles = use(TitlesContext);
  const words = permissions.map(id => titles.permission(service, id));
  const [first] = words;
  if (first === undefined) return <span className={classes.dim}>None</span>;
  return (
    <span className={classes.tags} title={words.slice(0, 40).join(', ')}>
      <Tag>{first}</Tag>
      {words.length > 1 && <span className={classes.more}>+{words.length - 1}</span>}
    </span>
  );
}
