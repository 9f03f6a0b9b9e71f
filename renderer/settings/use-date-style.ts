import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { writeDatesAs } from '../ui/dates.ts';
import { usePreferences } from './use-preferences.ts';

/** Has all dates written as they are preferred: those that are written from now on, and those on the screen. */
export function useDateStyle(): void {
  const { dateStyle } = usePreferences();
  const client = useQueryClient();
  const before = useRef(dateStyle);
  // Before anything below writes one.
  writeDatesAs(dateStyle);
  useEffect(() => {
    if (before.current === dateStyle) return;
    before.current = dateStyle;
    // Rows render anew only for new data, and would keep the dates that they were written with.
    for (const list of ['keys', 'audit']) void client.resetQueries({ queryKey: [list] });
  }, [client, dateStyle]);
}
