import { IconX } from '@tabler/icons-react';
import classes from './tag-remove.module.css';

interface Props {
  /** Says what it removes. */
  readonly label: string;
  readonly tabIndex?: 0 | -1;
  readonly onFocus?: () => void;
  readonly onRemove: () => void;
}

/** The button at the end of a tag. */
export function TagRemove({ label, tabIndex = 0, onFocus, onRemove }: Props) {
  return (
    <button
      type="button"
      className={classes.remove}
      tabIndex={tabIndex}
      aria-label={label}
      onFocus={onFocus}
      onClick={onRemove}
    >
      <IconX size={11} aria-hidden />
    </button>
  );
}
