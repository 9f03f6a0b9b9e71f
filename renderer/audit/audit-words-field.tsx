import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { readSearch } from '../keys/read-search.ts';

interface Props {
  /** What the log is narrowed by. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const DEBOUNCE = 200;

/**
 * Narrows the log by a key's ID or by words.
 * SECURITY: what may be a token is not kept: not in the field, not in a query, not as what the log is narrowed by.
 */
export function AuditWordsField({ value, onChange }: Props) {
  const [draft, setDraft] = useState({ of: value, text: value, refused: false });
  const narrow = useDebouncedCallback((text: string) => {
    setDraft(before => ({ ...before, of: text }));
    onChange(text);
  }, DEBOUNCE);
  // The filter was set or cleared elsewhere.
  if (draft.of !== value) setDraft({ of: value, text: value, refused: false });

  function take(given: string) {
    const reading = readSearch(given);
    const isToken = reading.kind === 'token' && reading.keyId !== given.trim();
    const text = isToken ? (reading.keyId ?? '') : given;
    setDraft({ of: value, text, refused: isToken && reading.keyId === null });
    narrow(text);
  }

  return (
    <TextInput
      aria-label="Key ID or words"
      placeholder="ID, name or words"
      autoComplete="off"
      spellCheck={false}
      flex="1 1 150px"
      miw={150}
      maw={260}
      value={draft.text}
      error={draft.refused && 'This looks like a secret, and was not kept.'}
      rightSection={
        draft.text !== '' && <CloseButton size={20} aria-label="Clear words" onClick={() => take('')} />
      }
      onChange={event => take(event.currentTarget.value)}
    />
  );
}
