import { IconX } from '@tabler/icons-react';
import classes from './role-picker.module.css';

/** One account, with a button that takes it away. */
export function AccountTag({ title, onRemove }: { title: string; onRemove: () => void }) {
  return (
    <span className={classes.tag}>
      <span className={classes.tagText} title={title}>
        {title}
      </span>
      <button type="button" aria-label={`Remove account ${title}`} onClick={onRemove}>
        <IconX size={11} aria-hidden />
      </button>
    </span>
  );
}
