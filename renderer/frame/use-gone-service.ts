import { useEffect, useEffectEvent } from 'react';
import type { ServiceView } from '../../preload/contract.ts';

/** Shows the keys of all services instead of those of one that is not there: preferred once, or in another database. */
export function useGoneService(
  current: string | null,
  services: readonly ServiceView[] | undefined,
  onGo: (service: string | null) => void,
): void {
  const isGone = current !== null && services !== undefined && !services.some(({ slug }) => slug === current);
  const leave = useEffectEvent(() => onGo(null));
  useEffect(() => {
    if (isGone) leave();
  }, [isGone]);
}
