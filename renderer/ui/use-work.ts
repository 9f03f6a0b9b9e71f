import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { REVEAL_KEY } from '../reveal/reveal-query.ts';
import { type Problem, problemOf } from './call.ts';

export interface Work {
  /** True from the click to the answer: buttons are disabled meanwhile. */
  readonly working: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
  /** Runs one change and refreshes what is shown. A second call while one runs does nothing. */
  readonly run: (change: () => Promise<void>, refused?: (problem: Problem) => boolean) => Promise<void>;
}

/** One change at a time. A ref guards it, since a double click arrives before the next render. */
export function useWork(): Work {
  const client = useQueryClient();
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(change: () => Promise<void>, refused?: (problem: Problem) => boolean) {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setProblem(null);
    try {
      await change();
    } catch (error) {
      const found = problemOf(error);
      // A form that shows the problem at its field says so; all others get an alert.
      if (!refused?.(found)) setProblem(found);
    } finally {
      busy.current = false;
      setWorking(false);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== REVEAL_KEY });
    }
  }

  return { working, problem, run, clear: () => setProblem(null) };
}
