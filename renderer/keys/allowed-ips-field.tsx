import { Input, Text } from '@mantine/core';
import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react';
import { MAX_ALLOWED_IPS } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { AllowedIpTags } from './allowed-ip-tags.tsx';
import classes from './allowed-ips-field.module.css';
import { addIps, coveredSentences, type IpValue, ipProblem } from './ip-entries.ts';
import { WrongIps } from './wrong-ips.tsx';

interface Props {
  readonly value: IpValue;
  readonly error?: string | undefined;
  /** False for a key that has entries although its service no longer uses them. */
  readonly offered: boolean;
  readonly onChange: (value: IpValue) => void;
}

const HINT = 'Separated by commas, spaces or new lines. Empty: the key works from every address.';
const NOT_OFFERED = 'This service no longer binds keys to addresses: the list can only be emptied.';

/** The addresses a key may be used from, as tags; a wrong one says what is wrong with it. */
export function AllowedIpsField({ value, error, offered, onChange }: Props) {
  const id = useId();
  const fieldRef = useRef<HTMLInputElement>(null);
  const [notice, setNotice] = useState('');
  const { entries, draft } = value;
  const wrong = useMemo(() => entries.filter(entry => ipProblem(entry) !== null), [entries]);

  function add(text: string) {
    const added = addIps(entries, text);
    if (added === null) {
      setNotice(`These are too many entries at once: a key may have up to ${formatCount(MAX_ALLOWED_IPS)}.`);
      return onChange({ entries, draft: '' });
    }
    setNotice(coveredSentences(added.covered));
    onChange({ entries: added.entries, draft: '' });
  }

  const change = useCallback(
    (next: readonly string[]) => {
      setNotice('');
      onChange({ entries: next, draft });
    },
    [onChange, draft],
  );

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && draft.trim() !== '') {
      event.preventDefault();
      add(draft);
    } else if (event.key === 'Backspace' && draft === '') change(entries.slice(0, -1));
  }

  return (
    <Input.Wrapper
      label={`Allowed IPs${entries.length > 0 ? ` · ${formatCount(entries.length)}` : ''}`}
      labelProps={{ htmlFor: id }}
      size="xs"
    >
      <div className={classes.field} data-wrong={wrong.length > 0 || error !== undefined || undefined}>
        <AllowedIpTags entries={entries} onChange={change} onLeave={() => fieldRef.current?.focus()} />
        <input
          ref={fieldRef}
          id={id}
          className={classes.input}
          aria-describedby={`${id}-hint ${id}-wrong`}
          aria-invalid={wrong.length > 0 || error !== undefined}
          placeholder={entries.length === 0 ? '192.0.2.7, 10.0.0.0/8, 2001:db8::/32' : 'Add another'}
          autoComplete="off"
          spellCheck={false}
          value={draft}
          onChange={event => {
            const text = event.currentTarget.value;
            if (/[\s,]/.test(text)) add(text);
            else onChange({ entries, draft: text });
          }}
          // A field of one line would drop the line breaks of what is pasted, and join two entries.
          onPaste={event => {
            const text = event.clipboardData.getData('text');
            if (!/[\s,]/.test(text)) return;
            event.preventDefault();
            add(`${draft}${text}`);
          }}
          onBlur={() => draft.trim() !== '' && add(draft)}
          onKeyDown={press}
        />
      </div>
      <div id={`${id}-wrong`}>
        <WrongIps entries={wrong} error={error} />
      </div>
      <Text size="xs" c="var(--ks-warn)" role="status" mt={notice === '' ? 0 : 4}>
        {notice}
      </Text>
      <Text size="xs" c="dimmed" id={`${id}-hint`} mt={4}>
        {offered ? `${HINT} Up to ${formatCount(MAX_ALLOWED_IPS)}.` : NOT_OFFERED}
      </Text>
    </Input.Wrapper>
  );
}
