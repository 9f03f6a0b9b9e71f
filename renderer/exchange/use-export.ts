import { useEffect, useRef, useState } from 'react';
import type { Result } from '../../preload/contract.ts';
import { announce } from '../ui/announcer.tsx';
import { call, type Problem } from '../ui/call.ts';
import { notify } from '../ui/notify.ts';
import { useAppEvent } from '../ui/use-app-event.ts';
import { useWork } from '../ui/use-work.ts';

export interface ExportRun<T> {
  /** True from the click to the answer, the question where to included. */
  readonly working: boolean;
  /** How far it is, in keys or in whatever it walks; null until main has begun to write. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** What ended last: what was written, that it was cancelled, or null. */
  readonly end: { readonly kind: 'written'; readonly what: T } | { readonly kind: 'cancelled' } | null;
  readonly problem: Problem | null;
  /**
   * @param ask calls main with the name of this export; null: the question where to was cancelled
   * @param words what is said when it is done
   */
  readonly start: (ask: (id: string) => Promise<Result<T | null>>, words: (what: T) => string) => void;
  readonly cancel: () => void;
}

/**
 * One export at a time, with its progress and its end. It goes on while another screen is shown.
 *
 * @param cancelled what is said when it was cancelled
 */
export function useExport<T>(cancelled = 'The export was cancelled.'): ExportRun<T> {
  const { working, problem, run } = useWork();
  const [id, setId] = useState('');
  const [progress, setProgress] = useState<ExportRun<T>['progress']>(null);
  const [end, setEnd] = useState<ExportRun<T>['end']>(null);
  const seen = useRef(true);

  useEffect(() => {
    seen.current = true;
    return () => {
      seen.current = false;
    };
  }, []);
  useAppEvent('export-progress', ({ id: of, ...next }) => {
    if (of === id) setProgress(next);
  });

  function start(ask: (id: string) => Promise<Result<T | null>>, words: (what: T) => string) {
    const mine = crypto.randomUUID();
    void run(
      async () => {
        setId(mine);
        setEnd(null);
        setProgress(null);
        const what = await call(ask(mine));
        if (what === null) return;
        setEnd({ kind: 'written', what });
        (seen.current ? announce : notify)(words(what));
      },
      ({ code }) => {
        if (code !== 'CANCELLED') return false;
        setEnd({ kind: 'cancelled' });
        announce(cancelled);
        return true;
      },
    );
  }

  return {
    working,
    progress: working ? progress : null,
    end,
    problem,
    start,
    cancel: () => void window.keysmith.exports.cancel({ id }),
  };
}
