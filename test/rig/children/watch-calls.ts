import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

type Callable = (...args: unknown[]) => unknown;

const FILE_CALLS = [
  'mkdirSync',
  'chmodSync',
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'linkSync',
  'renameSync',
  'rmSync',
] as const;
const DATABASE_CALLS = ['exec', 'pragma', 'close', 'backup'] as const;

/** What threads of one process count together. */
export interface SharedCount {
  readonly folder: string;
  /** Before which call the process is to die; 0: before none. */
  readonly dieAt: number;
  readonly calls: Int32Array<SharedArrayBuffer>;
}

export function sharedCount(folder: string, dieAt: number): SharedCount {
  return { folder, dieAt, calls: new Int32Array(new SharedArrayBuffer(4)) };
}

/**
 * Has this process kill itself (SIGKILL) right before its Nth call that changes a file in a folder or touches a database
 * as a whole, of which it names the call on standard error. To be called in each thread whose calls count.
 */
export function watchCalls({ folder, dieAt, calls }: SharedCount): void {
  const { writeSync } = fs;
  /** Open files that count; what Node opens to load modules does not. */
  const files = new Set<unknown>();
  watch(fs as unknown as Record<string, Callable>, FILE_CALLS, subject =>
    typeof subject === 'string' ? subject.startsWith(folder) : files.has(subject),
  );
  syncBuiltinESMExports();
  watch(Database.prototype as unknown as Record<string, Callable>, DATABASE_CALLS, () => true);

  function watch(
    target: Record<string, Callable>,
    names: readonly string[],
    counts: (subject: unknown) => boolean,
  ): void {
    for (const name of names) {
      const call = target[name];
      if (!call) throw new Error(`There is no ${name} to die at.`);
      target[name] = function (this: unknown, ...args: unknown[]) {
        const [subject] = args;
        if (!counts(subject)) return call.apply(this, args);
        if (Atomics.add(calls, 0, 1) + 1 === dieAt) {
          writeSync(2, `${name} ${typeof subject === 'string' ? subject : ''}`);
          process.kill(process.pid, 'SIGKILL');
        }
        const result = call.apply(this, args);
        if (name === 'openSync') files.add(result);
        if (name === 'closeSync') files.delete(subject);
        return result;
      };
    }
  }
}
