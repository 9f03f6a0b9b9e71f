import { useEffect, useRef } from 'react';
import { announceMistakes } from './announcer.tsx';

/** What marks a wrong field; the second for one with a passphrase, the third for what is no single field. */
const WRONG = '[aria-invalid="true"], input[data-invalid="true"], [data-wrong-field]';

/**
 * What is wrong with the first field, and that there are others. It is said although the field has its description:
 * where the field had the focus all along, as after Enter in it, nobody would hear that the form was refused.
 */
function mistakeWords(wrong: readonly HTMLElement[]): string {
  const [first] = wrong;
  const described = first?.getAttribute('aria-describedby')?.split(' ') ?? [];
  const sentence = described
    .map(id => document.getElementById(id))
    .find(element => element?.matches('.mantine-InputWrapper-error, [id$="-error"], [id$="-wrong"]'))
    ?.textContent?.trim();
  const count = wrong.length === 1 ? 'One field is wrong.' : `${wrong.length} fields are wrong.`;
  return sentence ? `${count} ${sentence}` : count;
}

/** Gives the focus to the first wrong field of a form, once the form shows what is wrong, and says so. */
export function useWrongFocus() {
  const formRef = useRef<HTMLFormElement>(null);
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    const wrong = [...(formRef.current?.querySelectorAll<HTMLElement>(WRONG) ?? [])];
    const [first] = wrong;
    if (!first) return;
    wanted.current = false;
    first.focus();
    announceMistakes(mistakeWords(wrong));
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
