import { useEffect, useEffectEvent } from 'react';
import type { EventName, Events } from '../../preload/contract.ts';

/** Listens to an event of main for as long as the component is there. */
export function useAppEvent<E extends EventName>(event: E, listener: (payload: Events[E]) => void): void {
  const listen = useEffectEvent(listener);
  useEffect(() => window.keysmith.on(event, payload => listen(payload)), [event]);
}
