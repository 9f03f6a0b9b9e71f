import type { SigningKeyView } from '../../preload/contract.ts';
import dot from '../ui/status-dot.module.css';
import { Tag } from '../ui/tag.tsx';
import { STATES } from './signing-key-words.ts';
import classes from './signing-keys.module.css';

/** What a signing key is good for now, as a dot and its word. */
export function SigningKeyState({ signingKey: { state, tampered } }: { signingKey: SigningKeyView }) {
  return (
    <span className={classes.state}>
      <span className={dot.status} data-status={state}>
        {STATES[state]}
      </span>
      {tampered && (
        <Tag tone="bad" title="Changed outside Keysmith: its seal does not hold. Mark it as compromised.">
          Tampered
        </Tag>
      )}
    </span>
  );
}
