import { expect, it } from 'vitest';
import { drawGrowth } from '../../bench/draw-growth.ts';

it('draws each line over both axes in powers of ten, with its name beside its end', () => {
  const svg = drawGrowth([
    { name: 'pages & counts', keys: 1000, ms: 1 },
    { name: 'pages & counts', keys: 100_000, ms: 1 },
    { name: 'export', keys: 1000, ms: 10 },
    { name: 'export', keys: 100_000, ms: 1000 },
  ]);
  const lines = [...svg.matchAll(/<polyline [^>]*points="([^"]*)"/g)].map(([, points]) => points);
  expect(lines).toEqual(['84,396 620,396', '84,277.3 620,40']);
  for (const words of [
    '>1,000<',
    '>100,000<',
    '>1 ms<',
    '>1 s<',
    '>pages &amp; counts<',
    '>keys in the database<',
  ])
    expect(svg).toContain(words);
});

it('draws nothing where nothing was measured', () => {
  expect(() => drawGrowth([])).toThrow('--growth');
});
