import type { GrowthPoint } from './report.ts';

const WIDTH = 880;
const HEIGHT = 460;
/** Where the axes stand; to the right of them is room for the names of the lines. */
const BOX = { left: 84, top: 40, right: 620, bottom: 396 } as const;
/** Okabe and Ito's colours, which everybody tells apart, but for those that are faint on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#a6559d', '#7a6a00', '#3a3a3a', '#2a9ad4'] as const;
/** Pixels between the names of two lines. */
const LABEL_HEIGHT = 19;

/** How the cost of each thing grows with the number of keys, both axes in powers of ten, as an SVG of its own. */
export function drawGrowth(points: readonly GrowthPoint[]): string {
  if (points.length === 0) throw new TypeError('There is nothing to draw: run the benchmarks with --growth.');
  const across = scaleOf(
    points.map(({ keys }) => keys),
    BOX.left,
    BOX.right,
  );
  const up = scaleOf(
    points.map(({ ms }) => ms),
    BOX.bottom,
    BOX.top,
  );
  const names = [...new Set(points.map(({ name }) => name))];
  const lines = names.map((name, nth) => ({
    name,
    colour: COLOURS[nth % COLOURS.length] as string,
    points: points
      .filter(point => point.name === name)
      .sort((a, b) => a.keys - b.keys)
      .map(({ keys, ms }) => ({ x: across.place(keys), y: up.place(ms) })),
  }));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" fill="#333">`,
    '<title id="title">How the cost grows with the number of keys</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...across.decades.map(value => gridLine(across.place(value), BOX.top, across.place(value), BOX.bottom)),
    ...up.decades.map(value => gridLine(BOX.left, up.place(value), BOX.right, up.place(value))),
    ...across.decades.map(value =>
      text(across.place(value), BOX.bottom + 20, value.toLocaleString('en-US'), 'middle'),
    ),
    ...up.decades.map(value => text(BOX.left - 8, up.place(value) + 4, formatTime(value), 'end')),
    text((BOX.left + BOX.right) / 2, BOX.bottom + 46, 'keys in the database', 'middle'),
    text(BOX.left - 8, BOX.top - 18, 'time', 'end'),
    ...lines.map(
      ({ colour, points: path }) =>
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${path.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`,
    ),
    ...lines.flatMap(({ colour, points: path }) =>
      path.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`),
    ),
    ...labels(lines),
    '</svg>',
  ].join('\n')}\n`;
}

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** The name of each line beside its end, none over another. */
function labels(lines: readonly Line[]): string[] {
  let last = Number.NEGATIVE_INFINITY;
  return lines
    .map(line => ({ ...line, y: line.points.at(-1)?.y ?? 0 }))
    .sort((a, b) => a.y - b.y)
    .map(({ name, colour, y }) => {
      last = Math.max(y, last + LABEL_HEIGHT);
      const at = round(last);
      return `<rect x="${BOX.right + 12}" y="${round(at - 5)}" width="10" height="10" rx="2" fill="${colour}"/>${text(BOX.right + 28, at + 4.5, name, 'start')}`;
    });
}

/** Powers of ten around some values, and where a value stands between two ends. */
function scaleOf(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return {
    decades: Array.from({ length: high - low + 1 }, (_, nth) => 10 ** (low + nth)),
    place: (value: number) => round(from + ((Math.log10(value) - low) / (high - low)) * (to - from)),
  };
}

function gridLine(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}

function formatTime(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${Number(ms.toPrecision(1))} ms`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
