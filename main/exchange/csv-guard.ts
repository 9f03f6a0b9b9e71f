const GUARDED: ReadonlySet<number> = new Set(Array.from("=+-@\t\r'", character => character.charCodeAt(0)));
/** The last of them: nearly every text starts with a letter after it. */
const LAST_GUARDED = Math.max(...GUARDED);

/** SECURITY: a spreadsheet runs what looks like a formula; names and descriptions come from people. */
export function guard(text: string): string {
  const first = text.charCodeAt(0);
  return first <= LAST_GUARDED && GUARDED.has(first) ? `'${text}` : text;
}
