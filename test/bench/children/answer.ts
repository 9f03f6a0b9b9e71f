import { existsSync, readFileSync } from 'node:fs';

/** What a child process tells of its work. */
export interface Answer<Out> {
  readonly out: Out;
  /** The most memory that the process ever had resident, in bytes. */
  readonly peak: number;
}

/** Does one piece of work in a process of its own, and tells whoever started it. */
export async function answer<In, Out>(work: (input: In) => Promise<Out>): Promise<void> {
  const input = JSON.parse(process.argv[2] ?? 'null') as In;
  const out = await work(input);
  const message: Answer<Out> = { out, peak: peakMemory() };
  process.send?.(message, () => process.disconnect());
}

/** `maxRSS` would be the parent's as well on Linux: it outlives the start of another program. */
function peakMemory(): number {
  const status = '/proc/self/status';
  const line = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8')) : null;
  return 1024 * (line ? Number(line[1]) : process.resourceUsage().maxRSS);
}
