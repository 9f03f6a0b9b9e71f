import { createContext, use } from 'react';

/** Opens the Export screen at the bundles of a service. */
export type GoToBundle = (service: string) => void;

export const GoToBundleContext = createContext<GoToBundle>(() => undefined);

/** For every place that says that services know of something from the next bundle on. */
export function useGoToBundle(): GoToBundle {
  return use(GoToBundleContext);
}
