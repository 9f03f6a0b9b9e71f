import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../preload/contract.ts';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

const DEBOUNCE = 250;

/**
 * How hard a passphrase that is being typed is to guess, once the typing pauses; null before that.
 * SECURITY: an argument on its way to main: it does not become the name of anything in the query cache.
 *
 * @param name of whom it is for: the first thing that is guessed
 */
export function useStrength(passphrase: string, name?: string): PassphraseStrength | null {
  const [typed] = useDebouncedValue(passphrase, DEBOUNCE);
  const [of] = useDebouncedValue(name, DEBOUNCE);
  const [strength, setStrength] = useState<PassphraseStrength | null>(null);
  useEffect(() => {
    if (typed === '') return;
    let wanted = true;
    call(window.keysmith.operators.strength({ passphrase: typed, ...(of ? { name: of } : {}) })).then(
      judged => wanted && setStrength(judged),
      (error: unknown) => wanted && notifyProblem(problemOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [typed, of]);
  return passphrase === '' ? null : strength;
}
