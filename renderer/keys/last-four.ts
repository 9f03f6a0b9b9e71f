/** The last four characters of a secret, which its hint ends in. */
export function lastFourOf(hint: string): string {
  return hint.split('…').at(-1) ?? '';
}
