import classes from './role-picker.module.css';
import { TagRemove } from './tag-remove.tsx';

/** One account, with a button that takes it away. */
export function AccountTag({ title, onRemove }: { title: string; onRemove: () => void }) {
  return (
    <span className={classes.tag}>
      <span className={classes.tagText} title={title}>
        {title}
      </span>
      <TagRemove label={`Remove account ${title}`} onRemove={onRemove} />
    </span>
  );
}
