import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssueOutput } from './children/issue-keys.ts';
import type { ImportedKind } from './imported-keys.ts';
import { runChild } from './run-child.ts';

/** An installation whose keys were imported, and the secrets that the import left. */
interface ImportedSet {
  readonly folder: string;
  /** The file of secrets. */
  readonly secrets: string;
  /** How long the import took, when the set was made. */
  readonly made: IssueOutput;
}

/** Installations to measure on, each made at most once a run, in a process of its own. */
export interface DataSets {
  /** The folder of an installation with keys of every kind and state over three services. */
  crowd(): Promise<string>;
  /** One with keys of one service, issued from a CSV: as many opaque ones, a hundredth of them as JWTs. */
  imported(kind: ImportedKind): Promise<ImportedSet>;
  /** The names of those that were there before. */
  readonly reused: readonly string[];
}

/** How many JWT keys there are beside so many keys. */
export function jwtsOf(keys: number): number {
  return Math.ceil(keys / 100);
}

/** In each set: what the process told that made it. */
const MADE = 'made.json';

/** @param folder where they are made, or found again */
export function createDataSets(folder: string, keys: number, say: (line: string) => void): DataSets {
  const reused: string[] = [];
  const known = new Map<string, Promise<string>>();
  const make = async (name: string, child: string, input: object): Promise<string> => {
    const place = join(folder, name);
    if (existsSync(place)) {
      say(`  uses ${place}, which was there already`);
      reused.push(name);
      return place;
    }
    // Whatever ends in between leaves no set that looks whole.
    const draft = `${place}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const start = performance.now();
    const { out } = await runChild(child, { folder: draft, ...input });
    writeFileSync(join(draft, MADE), JSON.stringify(out ?? null));
    renameSync(draft, place);
    say(`  made the keys of ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return place;
  };
  const once = (name: string, child: string, input: object): Promise<string> => {
    const made = known.get(name) ?? make(name, child, input);
    known.set(name, made);
    return made;
  };
  return {
    crowd: () => once(`crowd-${keys}`, 'make-crowd', { keys }),
    async imported(kind) {
      const count = kind === 'jwt' ? jwtsOf(keys) : keys;
      const set = await once(`${kind}-${count}`, 'issue-keys', { kind, keys: count, find: false });
      const made = JSON.parse(readFileSync(join(set, MADE), 'utf8')) as IssueOutput;
      return { folder: join(set, 'data'), secrets: join(set, 'secrets.csv'), made };
    },
    reused,
  };
}
