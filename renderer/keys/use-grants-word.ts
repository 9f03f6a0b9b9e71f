import { useQuery } from '@tanstack/react-query';
import type { ServiceView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { grantsWord } from './grant-words.ts';

/** What the column is called that says what keys are granted. It does not change while the list is scrolled. */
export function useGrantsWord(service: string | null, services: readonly ServiceView[]) {
  const [first, ...others] = services;
  const only = service ?? (first && others.length === 0 ? first.slug : null);
  const { data } = useQuery({ ...serviceQuery(only ?? ''), enabled: only !== null });
  if (only !== null) return grantsWord(data?.catalog);
  // Signed tokens carry roles as a rule; what a mixed list shows is then both.
  return services.some(({ format }) => format === 'jwt') ? 'Grants' : 'Permissions';
}
