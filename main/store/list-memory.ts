import type { Connection } from './connection.ts';

/** How many answers are kept. */
const MAX_KEPT = 100;

/** Answers a question from memory, or once and for all until something changes. */
export type Recall = <T>(question: string, answer: () => T) => T;

interface Memory {
  version: string;
  readonly found: Map<string, unknown>;
}

const memories = new WeakMap<Connection, Memory>();

/**
 * What was found out about the keys as they are at this moment: sizes, and places in lists. All of it is forgotten as
 * soon as anything changed, in this process or in another one, or a change was taken back.
 */
export function recallList(connection: Connection): Recall {
  const memory = memories.get(connection) ?? { version: '', found: new Map() };
  memories.set(connection, memory);
  const version = versionOf(connection);
  if (version !== memory.version) memory.found.clear();
  memory.version = version;
  return <T>(question: string, answer: () => T): T => {
    const known = memory.found.has(question) ? (memory.found.get(question) as T) : answer();
    // The one asked for last stands last.
    memory.found.delete(question);
    memory.found.set(question, known);
    if (memory.found.size > MAX_KEPT) memory.found.delete(memory.found.keys().next().value ?? '');
    return known;
  };
}

/**
 * Other connections' changes show in `data_version`, this one's in the number of its changes. That number stays when a
 * transaction is rolled back, but the log's last entry does not.
 */
function versionOf({ prepare }: Connection): string {
  const row = prepare(
    'SELECT (SELECT data_version FROM pragma_data_version) AS others, total_changes() AS own, (SELECT max(seq) FROM audit) AS head',
  ).get();
  return JSON.stringify(row);
}
