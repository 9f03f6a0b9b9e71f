import { KeysmithError } from '../keys/errors.ts';

/** From 0 (guessed at once) to 4; the strength that an operator's or a backup's passphrase must have. */
export const MIN_STRENGTH = 3;

/** Longer ones are not looked at further: they are strong, and judging them takes long. */
const JUDGED_LENGTH = 128;

export interface Strength {
  /** 0 to 4, as zxcvbn counts. */
  readonly score: number;
  readonly enough: boolean;
}

/**
 * How hard a passphrase is to guess, by zxcvbn with its list of common passwords, and the names around it.
 *
 * @param names what whoever guesses tries first: the operator's name, the installation's
 */
export async function passphraseStrength(
  passphrase: string,
  names: readonly string[] = [],
): Promise<Strength> {
  // Some megabytes of words: loaded when somebody chooses a passphrase, and only then.
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { score } = judge.check(passphrase.slice(0, JUDGED_LENGTH), ['keysmith', ...names]);
  return { score, enough: score >= MIN_STRENGTH };
}

/**
 * @param field which passphrase it is, where several are chosen at once
 * @throws PASSPHRASE_WEAK
 */
export async function requireStrongPassphrase(
  passphrase: string,
  names: readonly string[] = [],
  field = 'new-passphrase',
): Promise<void> {
  const { score, enough } = await passphraseStrength(passphrase, names);
  if (enough) return;
  throw new KeysmithError(
    'PASSPHRASE_WEAK',
    `This passphrase is too easy to guess: its strength is ${score} of 4, and at least ${MIN_STRENGTH} is needed. Four or five words that have nothing to do with each other are good. Nothing was changed.`,
    { field },
  );
}
