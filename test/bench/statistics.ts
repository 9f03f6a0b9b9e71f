/** The value that so many of a hundred do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] as number;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/**
 * Lets work and reference take turns, so that whatever else the machine does slows both.
 *
 * @returns what each gave, round by round
 */
export async function takeTurns<A, B>(
  rounds: number,
  work: (round: number) => Promise<A>,
  reference: (round: number) => Promise<B>,
): Promise<{ readonly work: A[]; readonly reference: B[] }> {
  const done: { work: A[]; reference: B[] } = { work: [], reference: [] };
  for (let round = 0; round < rounds; round += 1) {
    done.work.push(await work(round));
    done.reference.push(await reference(round));
  }
  return done;
}
