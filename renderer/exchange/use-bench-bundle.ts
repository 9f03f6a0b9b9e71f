import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BenchBundle } from '../../preload/contract.ts';
import { call, type Problem, problemOf } from '../ui/call.ts';
import { useWork } from '../ui/use-work.ts';
import { bundlesQuery } from './exchange-queries.ts';

export interface BenchSource {
  /** The bundle that main has open; null: none, or it is being opened. */
  readonly bundle: BenchBundle | null;
  /** Whether the admin picked it, instead of the latest of the service. */
  readonly picked: boolean;
  readonly opening: boolean;
  /** Why a bundle was refused. */
  readonly problem: Problem | null;
  readonly pick: (from: 'folder' | 'zip') => void;
  readonly takeLatest: () => void;
}

/**
 * Which bundle the bench asks: the latest of a service, opened anew once there is a newer one, or one that was picked.
 *
 * @param shown false while the bench is not looked at: no bundle is opened then
 */
export function useBenchBundle(service: string, shown: boolean): BenchSource {
  const [picked, setPicked] = useState<BenchBundle | null>(null);
  // Main has one bundle open at a time: going back to the latest opens it again.
  const [turn, setTurn] = useState(0);
  const { working, problem, run, clear } = useWork();
  const { data: list } = useQuery({ ...bundlesQuery(service), enabled: shown });
  const latest = useQuery({
    queryKey: ['bench', service, list?.bundles[0]?.manifestSha256 ?? null, turn],
    queryFn: () => call(window.keysmith.bench.open({ from: 'latest', service })),
    enabled: shown && picked === null && list !== undefined,
    staleTime: 'static',
    gcTime: 0,
  });

  function back() {
    clear();
    setPicked(null);
    setTurn(before => before + 1);
  }

  return {
    bundle: picked ?? (latest.error ? null : (latest.data ?? null)),
    picked: picked !== null,
    opening: working || latest.isFetching,
    problem: problem ?? (picked === null && latest.error ? problemOf(latest.error) : null),
    pick: from =>
      void run(async () => {
        const opened = await call(window.keysmith.bench.open({ from }));
        if (opened) setPicked(opened);
      }),
    takeLatest: back,
  };
}
