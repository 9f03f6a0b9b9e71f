import { useEffect, useRef } from 'react';

/** What marks a wrong field; the second for one with a passphrase, the third for what is no single field. */
const WRONG = '[aria-invalid="true"], input[data-invalid="true"], [data-wrong-field]';

/** Gives the focus to the first wrong field of a form, once the form shows what is wrong. */
export function useWrongFocus() {
  const formRef = useRef<HTMLFormElement>(null);
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    const first = formRef.current?.querySelector<HTMLElement>(WRONG);
    if (!first) return;
    wanted.current = false;
    first.focus();
  });
  const focus = () => {
    wanted.current = true;
  };
  return {
    formRef,
    /** For the second argument of a form's `onSubmit`. */
    focus,
    /** Marks a field of which main said that it is wrong. */
    refuse(mark: () => void) {
      focus();
      mark();
    },
  };
}
