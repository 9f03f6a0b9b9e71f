import { Text } from '@mantine/core';
import { ipProblem } from './ip-entries.ts';

interface Props {
  readonly entries: readonly string[];
  /** What is wrong with the list as a whole. */
  readonly error?: string | undefined;
}

/** How many reasons are told at once; every tag has its own as well. */
const TOLD = 3;

/** Why entries cannot be taken. */
export function WrongIps({ entries, error }: Props) {
  const reasons = entries.slice(0, TOLD).map(entry => ipProblem(entry) ?? '');
  if (reasons.length === 0 && error !== undefined) reasons.push(error);
  const more = entries.length - TOLD;
  return (
    <div role="alert">
      {reasons.map(reason => (
        <Text key={reason} size="xs" c="var(--ks-bad)" mt={4}>
          {reason}
        </Text>
      ))}
      {more > 0 && (
        <Text size="xs" c="var(--ks-bad)" mt={4}>
          {more === 1 ? '1 more entry is' : `${more} more entries are`} wrong, as marked.
        </Text>
      )}
    </div>
  );
}
