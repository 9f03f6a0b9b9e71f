import { setImmediate as nextTurn } from 'node:timers/promises';

/** Items between two breaks: some milliseconds of work. */
const ITEMS_A_TURN = 1000;

/** Takes steps to their end, with a break after each in which this process answers others. */
export async function stepByStep<T>(steps: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

/** Gives items one after the other, with breaks in which this process answers others. */
export async function* inTurns<T>(items: Iterable<T>): AsyncGenerator<T> {
  let given = 0;
  for (const item of items) {
    yield item;
    given += 1;
    if (given % ITEMS_A_TURN === 0) await nextTurn();
  }
}
