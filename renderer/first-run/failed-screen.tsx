import { Group, Stack, Text } from '@mantine/core';
import type { Problem } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { WorkButton } from '../ui/work-button.tsx';
import { failureHelp } from './failure-help.ts';
import { useAppChange } from './use-app-change.ts';
import { WelcomePage } from './welcome-page.tsx';

/** Nothing can be done until what is wrong is mended: says what it is and what helps. */
export function FailedScreen({ problem, folder }: { problem: Problem; folder?: string }) {
  const { working, problem: again, run } = useAppChange();
  const shown = again ?? problem;
  const help = failureHelp(shown.code);
  return (
    <WelcomePage title={help.title} width={520}>
      <Stack gap="md">
        <ProblemAlert problem={shown} />
        <Text size="sm">{help.advice}</Text>
        <Text size="sm" c="dimmed">
          {folder === undefined ? (
            'Keysmith changes nothing in its data folder while this screen is shown.'
          ) : (
            <>
              Keysmith changes nothing in its data folder <span className="mono">{folder}</span> while this
              screen is shown.
            </>
          )}
        </Text>
        <Group>
          <WorkButton working={working} size="sm" onClick={() => run(() => window.keysmith.app.retry())}>
            Retry
          </WorkButton>
        </Group>
      </Stack>
    </WelcomePage>
  );
}
