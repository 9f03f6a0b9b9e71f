import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from './call.ts';

/** A failure that belongs to no single field. */
export function ProblemAlert({ problem, children }: { problem: Problem | null; children?: ReactNode }) {
  if (!problem) return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle size={16} />} p="xs">
      {problem.message}
      {children}
    </Alert>
  );
}
