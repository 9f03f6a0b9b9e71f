import { type RefObject, useEffect } from 'react';

/** Gives the focus to a form's first field when the form appears: its dialog may have been open before. */
export function useFirstFocus(formRef: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    formRef.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [formRef]);
}
