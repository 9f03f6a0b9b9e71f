import { CloseButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isAddress } from '../../../preload/contract.ts';
import classes from './filter.module.css';

interface Props {
  /** The address that the list is narrowed by. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** Narrows the list to the keys that could be used from an address. */
export function AddressField({ value, onChange }: Props) {
  const [draft, setDraft] = useState({ of: value, text: value ?? '', wrong: false });
  // The filter was set or cleared elsewhere.
  if (draft.of !== value) setDraft({ of: value, text: value ?? '', wrong: false });

  function apply() {
    const address = draft.text.trim();
    if (address === (value ?? '')) return;
    const fits = address === '' || isAddress(address);
    setDraft({ ...draft, wrong: !fits });
    if (fits) onChange(address === '' ? null : address);
  }

  function clear() {
    setDraft({ of: value, text: '', wrong: false });
    if (value !== null) onChange(null);
  }

  return (
    <TextInput
      className={classes.field ?? ''}
      label="Admits address"
      placeholder="10.1.2.3"
      autoComplete="off"
      spellCheck={false}
      value={draft.text}
      error={draft.wrong && 'Give one IPv4 or IPv6 address, without a range or a port.'}
      rightSection={draft.text !== '' && <CloseButton size={20} aria-label="Clear address" onClick={clear} />}
      onChange={event => setDraft({ of: value, text: event.currentTarget.value, wrong: false })}
      onBlur={apply}
      onKeyDown={event => {
        if (event.key === 'Enter') apply();
      }}
    />
  );
}
