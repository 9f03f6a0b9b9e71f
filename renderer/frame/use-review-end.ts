import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Preferences } from '../../preload/contract.ts';
import { attentionQuery } from '../keys/key-queries.ts';
import type { ListView } from '../keys/list-view.ts';
import { announce } from '../ui/announcer.tsx';
import { reviewOf } from './reviews.ts';

/** Shows all keys again once the last one that was to be reviewed is done, instead of an empty list. */
export function useReviewEnd(
  view: ListView,
  warning: Preferences['expiryWarning'],
  onDone: () => void,
): void {
  const { data: attention } = useQuery(attentionQuery);
  const kind = reviewOf(view, warning);
  const done = kind !== null && attention?.[kind] === 0;
  const end = useEffectEvent(() => {
    onDone();
    announce('Nothing is left to review. All keys are shown.');
  });
  useEffect(() => {
    if (done) end();
  }, [done]);
}
