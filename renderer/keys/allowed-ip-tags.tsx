import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { AllowedIpTag } from './allowed-ip-tag.tsx';
import classes from './allowed-ips-field.module.css';

interface Props {
  readonly entries: readonly string[];
  readonly onChange: (entries: readonly string[]) => void;
  /** Gives the focus to the field, when no tag is left or the arrows lead out. */
  readonly onLeave: () => void;
}

/** The tags of a list of addresses: one stop for the Tab key, arrows between them, Delete takes one away. */
function Tags({ entries, onChange, onLeave }: Props) {
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLUListElement>(null);
  const home = Math.min(active, entries.length - 1);
  if (entries.length === 0) return null;

  function goTo(index: number) {
    if (index >= entries.length) return onLeave();
    const next = Math.max(0, index);
    setActive(next);
    listRef.current?.querySelectorAll('button')[next]?.focus();
  }

  function remove(index: number) {
    const last = entries.length - 1;
    if (last === 0) onLeave();
    else {
      // The focus moves on before its tag goes; then the tag that has it takes the place of the other.
      goTo(index === last ? index - 1 : index + 1);
      setActive(Math.min(index, last - 1));
    }
    onChange(entries.filter((_, nth) => nth !== index));
  }

  function press(event: KeyboardEvent<HTMLUListElement>) {
    const target = { ArrowLeft: home - 1, ArrowRight: home + 1, Home: 0, End: entries.length - 1 }[event.key];
    if (target !== undefined) goTo(target);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(home);
    else return;
    event.preventDefault();
  }

  return (
    <ul ref={listRef} className={classes.tags} aria-label="Chosen addresses" onKeyDown={press}>
      {entries.map((entry, nth) => (
        <AllowedIpTag
          key={entry}
          entry={entry}
          home={nth === home}
          onFocus={() => setActive(nth)}
          onRemove={() => remove(nth)}
        />
      ))}
    </ul>
  );
}

/** A thousand tags are not drawn anew for each letter that is typed beside them. */
export const AllowedIpTags = memo(Tags, (before, after) => before.entries === after.entries);
