import type { PassphraseStrength } from '../../preload/contract.ts';
import classes from './operators.module.css';

const WORDS = [
  'Guessed at once',
  'Very easy to guess',
  'Easy to guess',
  'Hard to guess',
  'Very hard to guess',
] as const;
const STEPS = [1, 2, 3, 4] as const;

/** How strong a passphrase is: four steps for the eye, and in words. Its place is kept while there is none. */
export function StrengthLine({ strength }: { strength: PassphraseStrength | null }) {
  return (
    <div className={classes.strength} data-enough={strength?.enough || undefined}>
      <span aria-hidden className={classes.steps}>
        {STEPS.map(step => (
          <span key={step} data-on={(strength !== null && strength.score >= step) || undefined} />
        ))}
      </span>
      <span role="status">
        {strength === null
          ? 'Four or five unrelated words are good.'
          : `${WORDS[strength.score] ?? WORDS[0]}${strength.enough ? '.' : ': add a word or two.'}`}
      </span>
    </div>
  );
}
