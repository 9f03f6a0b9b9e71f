/** For a field with a passphrase; how strong it must be main says. */
export function given(value: string): string | null {
  return value === '' ? 'Give a passphrase.' : null;
}

/** For the field in which a passphrase is typed a second time. */
export function sameAs(first: string, again: string): string | null {
  return first === again ? null : 'The two passphrases differ.';
}

/** For `useForm` of a form in which one passphrase is chosen, typed twice. */
export const CHOSEN_PASSPHRASE = {
  initialValues: { passphrase: '', again: '' },
  validate: {
    passphrase: given,
    again: (value: string, all: { passphrase: string }) => sameAs(all.passphrase, value),
  },
};
