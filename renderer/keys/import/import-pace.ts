/** How far a bulk issue was at a moment; milliseconds of any one clock. */
export interface Sample {
  readonly at: number;
  readonly done: number;
}

/** The pace is that of the last so many milliseconds: what was slow at the start says nothing of the end. */
const WINDOW = 10_000;
/** Below it, a pace says more of chance than of the work. */
const ENOUGH = 1500;

/** The samples that the pace is told from, with one more. What went back to the start begins anew. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && sample.done < last.done) return [sample];
  const recent = samples.filter(({ at }) => at >= sample.at - WINDOW);
  return [...recent, sample];
}

/** What is done in a second; null while too little is known. */
export function perSecond(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < ENOUGH || last.done === first.done) return null;
  return ((last.done - first.done) * 1000) / (last.at - first.at);
}

/** Seconds that the rest takes at this pace; null while it is not known. */
export function secondsLeft(samples: readonly Sample[], total: number): number | null {
  const pace = perSecond(samples);
  const last = samples.at(-1);
  return pace === null || !last ? null : Math.max(0, total - last.done) / pace;
}
