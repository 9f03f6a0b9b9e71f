import { Text } from '@mantine/core';
import { formatCount } from '../ui/dates.ts';
import { tokens } from './signing-key-words.ts';
import classes from './signing-keys.module.css';

export interface ReissuedTokens {
  readonly reissued: number;
  readonly skipped: number;
  readonly path: string;
}

/** What became of the tokens that depended on a key. */
export function reissuedWords({ reissued, skipped }: ReissuedTokens): string {
  const passed =
    skipped === 0
      ? ''
      : ` ${formatCount(skipped)} passed over: expired, revoked or changed outside Keysmith.`;
  if (reissued === 0) return `No token was reissued, and no file was written.${passed}`;
  return `${tokens(reissued)} ${reissued === 1 ? 'was' : 'were'} reissued.${passed}`;
}

/** Says how many tokens were signed anew, and where they are. */
export function Reissued({ done }: { done: ReissuedTokens }) {
  return (
    <>
      <Text size="sm">
        <strong>{reissuedWords(done)}</strong>
      </Text>
      {done.reissued > 0 && (
        <>
          <div className={classes.kid}>{done.path}</div>
          <Text size="sm" c="dimmed">
            The file holds secrets: one line for each key. Give each to whoever holds the key, then delete the
            file. Services accept the new tokens from the next bundle on.
          </Text>
        </>
      )}
    </>
  );
}
