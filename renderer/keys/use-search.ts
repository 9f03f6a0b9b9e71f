import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { MatchView } from '../../preload/contract.ts';
import { call, type Problem, problemOf } from '../ui/call.ts';
import { readSearch } from './read-search.ts';

const DEBOUNCE = 200;

/** What became of a token that was given to the search. */
type TokenLookup =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly matches: readonly MatchView[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Search {
  /** What the field shows; never a token. */
  readonly text: string;
  /** The words that the list is narrowed by: `text`, once the typing pauses. */
  readonly words: string;
  readonly lookup: TokenLookup | null;
  readonly setText: (given: string) => void;
  readonly clear: () => void;
}

/**
 * The search field. A token that is pasted or typed into it is looked up at once and replaced by its key ID.
 *
 * SECURITY: the token is an argument on its way to main and nothing more: it is not put into state, not into
 * the query cache and not into the field.
 */
export function useSearch(): Search {
  const [text, setShown] = useState('');
  const [lookup, setLookup] = useState<TokenLookup | null>(null);
  const [words] = useDebouncedValue(text.trim(), DEBOUNCE);
  const asked = useRef(0);

  async function lookUp(token: string) {
    asked.current += 1;
    const mine = asked.current;
    setLookup({ kind: 'looking' });
    const answer = await call(window.keysmith.keys.find({ text: token })).then(
      (matches): TokenLookup => ({ kind: 'found', matches }),
      (error: unknown): TokenLookup => ({ kind: 'failed', problem: problemOf(error) }),
    );
    if (asked.current === mine) setLookup(answer);
  }

  function setText(given: string) {
    const reading = readSearch(given);
    if (reading.kind === 'token') {
      setShown(reading.keyId ?? '');
      void lookUp(given);
      return;
    }
    asked.current += 1;
    setShown(given);
    setLookup(null);
  }

  // An emptied field and a pasted token show what they mean at once; only typing waits for a pause.
  const atOnce = text.trim() === '' || lookup !== null;
  return { text, words: atOnce ? text.trim() : words, lookup, setText, clear: () => setText('') };
}
