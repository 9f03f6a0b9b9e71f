import { Text } from '@mantine/core';
import type { Reveal } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { useNow } from '../ui/use-now.ts';
import { secretWord } from './secret-word.ts';

/** From when services know the new secret, and until when they accept the one that it replaces. */
export function RevealSentences({ reveal: { key, cause, graceUntil } }: { reveal: Reveal }) {
  const now = useNow();
  return (
    <Text size="sm" c="dimmed">
      {cause === 'rotated' &&
        (graceUntil === null
          ? 'The old secret is refused from the next bundle on. '
          : `The old secret stays valid until ${formatDateTime(graceUntil)} (${relativeAge(graceUntil, now)}). `)}
      {cause === 'reissued' && 'The old token is refused from the next bundle on. '}
      Services know this {cause === 'created' ? 'key' : secretWord(key)} from the next bundle on.
    </Text>
  );
}
