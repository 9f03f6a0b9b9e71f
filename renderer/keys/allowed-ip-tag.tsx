import classes from './allowed-ips-field.module.css';
import { ipProblem } from './ip-entries.ts';
import { TagRemove } from './tag-remove.tsx';

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
      <TagRemove
        label={`Remove ${entry}${problem === null ? '' : `, which is wrong: ${problem}`}`}
        tabIndex={home ? 0 : -1}
        onFocus={onFocus}
        onRemove={onRemove}
      />
    </li>
  );
}
