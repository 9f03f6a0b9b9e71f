import { describe, expect, it } from 'vitest';
import { paletteLines, withLatest } from '../../../renderer/frame/palette-lines.ts';
import type { Offer } from '../../../renderer/frame/palette-offers.tsx';

const offer = (id: string, label: string, group: Offer['group'], more: Partial<Offer> = {}) =>
  ({ id, label, group, ...more }) as Offer;
const OFFERS = [
  offer('create-key', 'Create key', 'Commands'),
  offer('about', 'About Keysmith', 'Commands', { keywords: 'version licences' }),
  offer('service:team-api', 'Go to Team API', 'Places', { description: 'team-api' }),
];
const KEYS = [offer('key:1', 'nightly-sync', 'Keys')];
const ids = (...given: Parameters<typeof paletteLines>) =>
  paletteLines(...given).map(({ group, offers }) => `${group}: ${offers.map(({ id }) => id).join(' ')}`);

describe('the palette', () => {
  it('lists what was chosen lately first, each once, and what is gone not at all', () => {
    expect(ids('', OFFERS, [], ['service:team-api', 'service:gone'])).toEqual([
      'Recently used: service:team-api',
      'Commands: create-key about',
    ]);
  });

  it('finds by label, description and further words, and has keys as they were found', () => {
    expect(ids('TEAM-', OFFERS, [], [])).toEqual(['Places: service:team-api']);
    expect(ids(' licences ', OFFERS, [], [])).toEqual(['Commands: about']);
    expect(ids('k', OFFERS, KEYS, [])).toEqual(['Commands: create-key about', 'Keys: key:1']);
    expect(ids('nothing of this', OFFERS, [], [])).toEqual([]);
  });

  it('remembers the latest first, and not too many', () => {
    expect(withLatest(['a', 'b', 'c'], 'b', 3)).toEqual(['b', 'a', 'c']);
    expect(withLatest(['a', 'b', 'c'], 'd', 3)).toEqual(['d', 'a', 'b']);
  });
});
