import { createContext, use, useEffect, useEffectEvent } from 'react';

/** Asked before a dialog is left: whether something was typed that would be lost. */
export type ChangeCheck = () => boolean;

/** Takes the checks of the forms in a dialog; what it answers takes the check back. */
export const FormDialogContext = createContext<(check: ChangeCheck) => () => void>(() => () => undefined);

/** Tells the dialog around a form whether leaving it would throw something away. */
export function useAsksBeforeLeaving(isChanged: ChangeCheck): void {
  const register = use(FormDialogContext);
  const check = useEffectEvent(isChanged);
  useEffect(() => register(() => check()), [register]);
}
