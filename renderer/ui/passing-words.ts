/** Words that are on the screen at a time: whoever does many things one after the other sees the last ones. */
const MOST = 2;

/**
 * Which words are on the screen; the oldest make room for the newest, instead of coming late one by one.
 *
 * @param hide takes words off the screen
 */
export function createPassingWords(hide: (id: string) => void) {
  let shown: readonly { readonly id: string; readonly text: string }[] = [];
  return {
    /** Makes room for words. */
    comes(id: string, text: string): void {
      const others = shown.filter(words => words.text !== text);
      const kept = others.slice(Math.max(0, others.length - MOST + 1));
      const gone = shown.filter(words => !kept.includes(words));
      shown = [...kept, { id, text }];
      for (const words of gone) hide(words.id);
    },
    /** Words went by themselves, or were dismissed. */
    went(id: string): void {
      shown = shown.filter(words => words.id !== id);
    },
  };
}
