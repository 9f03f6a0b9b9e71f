import { useState } from 'react';
import { parseReason } from '../../preload/contract.ts';
import { fieldRule } from './field-rule.ts';

export interface Reason {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Why it cannot be sent; null when it can. */
  readonly wrong: string | null;
  /** The member of a request that has it: none, where none was given. */
  readonly asked: { readonly reason?: string };
}

const rule = fieldRule(parseReason);

/** Why something is done that cannot be taken back, as it is being typed in a {@link ReasonField}. */
export function useReason(): Reason {
  const [text, setText] = useState('');
  const reason = text.trim();
  return { text, setText, wrong: rule(reason), asked: reason === '' ? {} : { reason } };
}
