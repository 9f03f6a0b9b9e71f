import { useState } from 'react';
import type { UpdateStage } from '../../preload/contract.ts';
import { useAppEvent } from '../ui/use-app-event.ts';

/** How far a database is that is brought up to date at the moment; null: none is. */
export function useUpdateStage(): UpdateStage | null {
  const [stage, setStage] = useState<UpdateStage | null>(null);
  useAppEvent('update-progress', setStage);
  return stage;
}
