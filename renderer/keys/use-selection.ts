import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOf } from '../ui/call.ts';
import { notifyProblem } from '../ui/notify.ts';
import { idsQuery, keyQuery } from './key-queries.ts';
import { type ListView, toKeyFilter } from './list-view.ts';
import { readRange } from './read-range.ts';

/** A row as it was picked: its place in the list, and the key there. */
interface Picked {
  readonly index: number;
  readonly id: string;
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The key that is looked at: the one that is selected alone. */
  readonly only: string | null;
  /** Selects this key alone. */
  readonly select: (id: string, index?: number) => void;
  readonly toggle: (row: Picked) => void;
  /** Selects everything from the row that was picked last, or else from `home`, to this one. */
  readonly extendTo: (view: ListView, index: number, home: number) => Promise<void>;
  /** Selects all keys that match, or says why not. */
  readonly selectAll: () => Promise<void>;
  readonly deselect: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

interface State {
  /** The filter that the keys were selected under: with another one the selection is gone. */
  readonly filter: string;
  readonly ids: ReadonlySet<string>;
  /** The place in the list where ranges start; null when none was picked there. */
  readonly anchor: number | null;
}

const NONE: ReadonlySet<string> = new Set();

/** Which keys are selected: a set of IDs, whatever has been loaded of the list. */
export function useSelection(view: ListView): Selection {
  const client = useQueryClient();
  const filter = toKeyFilter(view);
  const current = JSON.stringify(filter);
  const [state, setState] = useState<State>({ filter: current, ids: NONE, anchor: null });
  const valid = state.filter === current;
  const ids = valid ? state.ids : NONE;
  const anchor = valid ? state.anchor : null;
  const asked = useRef(0);

  // What several selected keys are, the list decides; one key alone may also be looked at beside the list.
  const { data: matching, isFetching } = useQuery({ ...idsQuery(filter), enabled: ids.size > 1 });
  if (ids.size > 1 && matching && !isFetching) {
    const present = new Set(matching);
    const kept = new Set([...ids].filter(id => present.has(id)));
    if (kept.size < ids.size) setState({ ...state, ids: kept });
  }

  const only = ids.size === 1 ? ([...ids][0] ?? null) : null;
  const { error } = useQuery({ ...keyQuery(only ?? ''), enabled: only !== null });
  const removed = only !== null && error !== null && problemOf(error).code === 'KEY_NOT_FOUND';
  if (removed) setState({ ...state, ids: NONE });

  function set(next: ReadonlySet<string>, from = anchor) {
    asked.current += 1;
    setState({ filter: current, ids: next, anchor: from });
  }

  /** Selects what main answers, unless the admin picked something else meanwhile. */
  async function setLater(read: () => Promise<readonly string[]>, from: number | null) {
    asked.current += 1;
    const mine = asked.current;
    try {
      const next = await read();
      if (asked.current === mine) set(new Set(next), from);
    } catch (error) {
      if (asked.current === mine) notifyProblem(problemOf(error));
    }
  }

  return {
    ids,
    only,
    select: (id, index) => set(new Set([id]), index ?? null),
    toggle({ index, id }) {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      set(next, index);
    },
    extendTo(shown, index, home) {
      const from = anchor ?? home;
      return setLater(() => readRange(client, shown, from, index), from);
    },
    selectAll: () => setLater(() => client.fetchQuery(idsQuery(filter)), anchor),
    deselect(gone) {
      const next = new Set(ids);
      for (const id of gone) next.delete(id);
      set(next);
    },
    clear: () => set(NONE, null),
  };
}
