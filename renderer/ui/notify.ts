import { notifications } from '@mantine/notifications';
import type { Problem } from './call.ts';

/** A short word about what was done; screen readers hear it, and it goes by itself. */
export function notify(message: string): void {
  notifications.show({ message, withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } });
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
