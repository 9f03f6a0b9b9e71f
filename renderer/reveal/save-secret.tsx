import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { call } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';

/** Has main write the secret to a file of the admin's choice. */
export function SaveSecret({ handle }: { handle: string }) {
  const [path, setPath] = useState<string | null>(null);
  const { working, problem, run } = useWork();

  function save() {
    void run(async () => {
      const saved = await call(window.keysmith.reveal.save({ handle }));
      if (!saved) return;
      setPath(saved.path);
      announce(`The secret was written to ${saved.path}.`);
    });
  }

  return (
    <>
      <Group gap="sm" wrap="nowrap">
        <WorkButton variant="default" working={working} onClick={save} flex="none">
          Save to file…
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
