import { Progress, Text } from '@mantine/core';
import { assertNever, type UpdateStage } from '../../preload/contract.ts';
import { WelcomePage } from './welcome-page.tsx';

/** A database of an older version is brought up to date before it is opened: how far that is. */
export function UpdatingScreen({ stage }: { stage: UpdateStage }) {
  return (
    <WelcomePage title="Bringing the database up to date" width={520}>
      <Text size="sm">
        This version of Keysmith stores some things in another way. A copy of the database is made first and
        stays in the data folder. If you close the window, it begins again at the next start; nothing is lost.
      </Text>
      <Progress size={6} value={stage.fraction * 100} aria-label="Update progress" />
      <Text size="sm" c="dimmed" role="status">
        {wordsOf(stage)}
      </Text>
    </WelcomePage>
  );
}

function wordsOf(stage: UpdateStage): string {
  const { kind, step, steps } = stage;
  switch (kind) {
    case 'waiting':
      return 'Another process is writing to the database. It is waited for.';
    case 'copying':
      return 'Making a copy';
    case 'changing':
      return `Step ${step} of ${steps}`;
    default:
      return assertNever(kind);
  }
}
