import { TextInput } from '@mantine/core';
import type { Reason } from './use-reason.ts';

export function ReasonField({ reason: { text, setText, wrong } }: { reason: Reason }) {
  return (
    <TextInput
      label="Reason (optional)"
      value={text}
      error={wrong}
      onChange={event => setText(event.currentTarget.value)}
    />
  );
}
