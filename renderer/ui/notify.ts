import { notifications } from '@mantine/notifications';
import type { Problem } from './call.ts';
import { createPassingWords } from './passing-words.ts';

const passing = createPassingWords(id => notifications.hide(id));
let number = 0;

/** A short word about what was done; screen readers hear it, and it goes by itself. */
export function notify(message: string): void {
  number += 1;
  const id = `passing-${number}`;
  passing.comes(id, message);
  notifications.show({
    id,
    message,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => passing.went(id),
  });
}

/** What could not be done, where no dialog is open to say it. */
export function notifyProblem(problem: Problem): void {
  notifications.show({
    message: problem.message,
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}
