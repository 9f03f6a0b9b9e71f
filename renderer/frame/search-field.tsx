import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { readSearch } from '../keys/read-search.ts';
import type { Search } from '../keys/use-search.ts';
import { Shortcut } from '../ui/shortcut.tsx';
import classes from './frame.module.css';

interface Props {
  readonly search: Search;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** Finds keys by words, by a pasted key, by a part of one, or by the last four characters. */
export function SearchField({ search, inputRef }: Props) {
  return (
    <TextInput
      ref={inputRef}
      type="text"
      role="searchbox"
      className={classes.search ?? ''}
      aria-label="Search keys"
      placeholder="Search names, IDs, addresses, or paste a key"
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSectionWidth={search.text === '' ? 56 : 30}
      rightSection={
        search.text === '' ? (
          <Shortcut letter="F" />
        ) : (
          <CloseButton size={20} aria-label="Clear search" onClick={search.clear} />
        )
      }
      value={search.text}
      onChange={event => search.setText(event.currentTarget.value)}
      onPaste={event => {
        const pasted = event.clipboardData.getData('text');
        if (readSearch(pasted).kind !== 'token') return;
        // SECURITY: a token never becomes the field's value, so neither the page nor its undo history has it.
        event.preventDefault();
        search.setText(pasted);
      }}
      onKeyDown={event => {
        if (event.key === 'Escape' && search.text !== '') search.clear();
      }}
    />
  );
}
