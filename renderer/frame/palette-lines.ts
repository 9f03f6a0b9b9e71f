import type { Offer } from './palette-offers.tsx';

export interface PaletteGroup {
  readonly group: string;
  readonly offers: readonly Offer[];
}

const GROUPS = ['Commands', 'Places', 'Keys'] as const;

/**
 * What the palette lists for what is typed: what was chosen lately first, then by group; of keys, what main found.
 *
 * @param recent IDs, the latest first
 */
export function paletteLines(
  typed: string,
  offers: readonly Offer[],
  keys: readonly Offer[],
  recent: readonly string[],
): readonly PaletteGroup[] {
  const words = typed.trim().toLocaleLowerCase();
  const says = ({ label, description, keywords }: Offer) =>
    [label, description, keywords].flat().some(text => text?.toLocaleLowerCase().includes(words));
  const fitting = [...offers.filter(says), ...keys];
  const lately = recent.flatMap(id => fitting.filter(offer => offer.id === id));
  const others = fitting.filter(offer => !lately.includes(offer));
  return [
    { group: 'Recently used', offers: lately },
    ...GROUPS.map(group => ({ group, offers: others.filter(offer => offer.group === group) })),
  ].filter(({ offers: listed }) => listed.length > 0);
}

/** The latest first, each once. */
export function withLatest(recent: readonly string[], id: string, most: number): string[] {
  return [id, ...recent.filter(other => other !== id)].slice(0, most);
}
