import { Button } from '@mantine/core';
import { call, problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';

/** Shows in the system's file manager what was exported. */
export function ShowInFolder({ path }: { path: string }) {
  async function show() {
    try {
      await call(window.keysmith.exports.show({ path }));
    } catch (error) {
      notifyProblem(problemOf(error));
    }
  }
  return (
    <Button variant="default" flex="none" onClick={show}>
      Show in folder
    </Button>
  );
}
