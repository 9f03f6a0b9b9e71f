import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../ui/announcer.tsx';
import { call } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';

const FILES = { trust: 'trust.json', jwks: 'jwks.json' } as const;

/** Has main write public keys to a file of the admin's choice. */
export function SavePublicKeys({ what }: { what: keyof typeof FILES }) {
  const [path, setPath] = useState<string | null>(null);
  const { working, problem, run } = useWork();

  function save() {
    void run(async () => {
      const saved = await call(window.keysmith.signingKeys.save({ what }));
      if (!saved) return;
      setPath(saved.path);
      announce(`${FILES[what]} was written to ${saved.path}.`);
    });
  }

  return (
    <>
      <Group gap="sm" wrap="nowrap" maw="100%">
        <WorkButton variant="default" working={working} onClick={save} flex="none">
          Save {FILES[what]}…
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
