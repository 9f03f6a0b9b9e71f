import { VisuallyHidden } from '@mantine/core';
import type { Reveal } from '../../preload/contract.ts';
import classes from './reveal.module.css';
import { secretWord } from './secret-word.ts';

interface Props {
  readonly reveal: Reveal;
  /** Null while it is masked. */
  readonly token: string | null;
}

/**
 * A secret, or as many dots as it has characters, so that nothing moves when it is shown.
 * SECURITY: what is open of the mask is the key's hint; a signed token has no part that may be seen.
 */
export function SecretText({ reveal: { key, length }, token }: Props) {
  const signed = key.format === 'jwt';
  const [open = ''] = signed ? [] : key.hint.split('…');
  const text =
    token === null ? (
      <span className={classes.text}>
        {open}
        <span aria-hidden>{'•'.repeat(Math.max(0, length - open.length))}</span>
        <VisuallyHidden>{signed ? 'Hidden' : ', the rest is hidden'}</VisuallyHidden>
      </span>
    ) : (
      <span className={classes.text} data-testid="secret-text">
        {token}
      </span>
    );
  if (!signed) return text;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long token is scrolled with the keyboard
    <section className={classes.long} tabIndex={0} aria-label={`Text of the ${secretWord(key)}`}>
      {text}
    </section>
  );
}
