import { IconX } from '@tabler/icons-react';
import classes from './allowed-ips-field.module.css';
import { ipProblem } from './ip-entries.ts';

interface Props {
  readonly entry: string;
  /** Whether the Tab key stops here. */
  readonly home: boolean;
  readonly onFocus: () => void;
  readonly onRemove: () => void;
}

/** One address or range, with a button that takes it away. */
export function AllowedIpTag({ entry, home, onFocus, onRemove }: Props) {
  const problem = ipProblem(entry);
  return (
    <li className={classes.tag} data-wrong={problem !== null || undefined} title={problem ?? undefined}>
      <span className={classes.entry}>{entry}</span>
      <button
        type="button"
        tabIndex={home ? 0 : -1}
        aria-label={`Remove ${entry}${problem === null ? '' : `, which is wrong: ${problem}`}`}
        onFocus={onFocus}
        onClick={onRemove}
      >
        <IconX size={11} aria-hidden />
      </button>
    </li>
  );
}
