import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CatalogChange } from '../../preload/contract.ts';
import type { Problem } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { exposedSentences, mistakesOf } from './catalog-draft.ts';
import classes from './service-settings.module.css';

interface Props {
  readonly problem: Problem | null;
  readonly change: CatalogChange | null;
}

/** What came of saving a catalog: every mistake, or what public keys hold that is not public-safe. */
export function CatalogOutcome({ problem, change }: Props) {
  if (problem) {
    const mistakes = mistakesOf(problem.message);
    if (mistakes[0] === problem.message) return <ProblemAlert problem={problem} />;
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    return (
      <ProblemAlert problem={{ message: `Nothing was saved. The catalog has ${count}:` }}>
        <ul className={classes.mistakes}>
          {mistakes.map(mistake => (
            <li key={mistake}>{mistake}</li>
          ))}
        </ul>
      </ProblemAlert>
    );
  }
  if (!change || change.exposed.length === 0) return null;
  return (
    <Alert role="status" color="orange" variant="light" p="xs" icon={<IconAlertTriangle size={16} />}>
      {exposedSentences(change).map(sentence => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
      <Text size="sm">They keep it until they are edited, disabled or revoked.</Text>
    </Alert>
  );
}
