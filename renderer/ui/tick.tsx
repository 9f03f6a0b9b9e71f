import type { ChangeEvent } from 'react';
import classes from './tick.module.css';

interface Props {
  readonly label: string;
  readonly checked: boolean;
  readonly indeterminate?: boolean;
  readonly tabIndex?: number;
  /** `range` is true when Shift was held. */
  readonly onTick: (range: boolean) => void;
}

/** A checkbox for rows: a native one, since a list renders dozens of them while it is scrolled. */
export function Tick({ label, checked, indeterminate = false, tabIndex, onTick }: Props) {
  function change({ nativeEvent }: ChangeEvent<HTMLInputElement>) {
    onTick(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
  }
  return (
    <input
      type="checkbox"
      aria-label={label}
      className={classes.tick}
      checked={checked}
      ref={input => {
        if (input) input.indeterminate = indeterminate;
      }}
      tabIndex={tabIndex}
      onClick={event => event.stopPropagation()}
      onChange={change}
    />
  );
}
