import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { announce } from './announcer.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useWork } from './use-work.ts';
import { WorkButton } from './work-button.tsx';

interface Props {
  /** What the button says: a verb. */
  readonly action: string;
  /** What is written, as a sentence begins with it. */
  readonly what: string;
  /** Has main ask where to, and write it; null when the admin chose no place. */
  readonly save: () => Promise<{ readonly path: string } | null>;
}

/** A button that has main write something to a file of the admin's choice, and says beside it where it was written. */
export function SaveToFile({ action, what, save }: Props) {
  const [path, setPath] = useState<string | null>(null);
  const { working, problem, run } = useWork();

  function start() {
    void run(async () => {
      const saved = await save();
      if (!saved) return;
      setPath(saved.path);
      announce(`${what} was written to ${saved.path}.`);
    });
  }

  return (
    <>
      <Group gap="sm" wrap="nowrap" maw="100%">
        <WorkButton variant="default" working={working} onClick={start} flex="none">
          {action}
        </WorkButton>
        {path !== null && (
          <Text size="sm" c="dimmed" truncate title={path}>
            Written to {path}
          </Text>
        )}
      </Group>
      <ProblemAlert problem={problem} />
    </>
  );
}
