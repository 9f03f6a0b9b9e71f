import { describe, expect, it } from 'vitest';
import { showUpdate } from '../../../main/cli/show-update.ts';

const STEPS = [
  { kind: 'waiting' },
  { kind: 'copying', done: 1, total: 4 },
  { kind: 'copying', done: 4, total: 4 },
  { kind: 'changing', step: 1, steps: 2, subject: 'lists', done: 0, total: 1 },
  { kind: 'changing', step: 2, steps: 2, subject: 'counts', done: 0, total: 1 },
] as const;

function said(terminal: boolean, late?: number): string[] {
  const lines: string[] = [];
  const show = showUpdate({ err: text => void lines.push(text), terminal }, late);
  for (const step of STEPS) show.tell(step);
  show.end();
  return lines;
}

describe('a database that is brought up to date', () => {
  it('is told of in a line for each thing that is begun', () => {
    const line = (words: string) => `keysmith: Bringing the database up to date: ${words}\n`;
    expect(said(false, 0)).toEqual([
      line('another process is writing to it'),
      line('making a copy of it first'),
      line('step 1 of 2'),
      line('step 2 of 2'),
    ]);
  });

  it('is told of in one line that changes and is cleared, at a terminal', () => {
    const lines = said(true, 0);
    expect(lines.every(line => line.startsWith('\r\x1b[K'))).toBe(true);
    expect(lines.map(line => /\d+ %/.exec(line)?.[0])).toEqual([
      '0 %',
      '12 %',
      '50 %',
      '50 %',
      '75 %',
      undefined,
    ]);
    expect(lines.at(-1)).toBe('\r\x1b[K');
  });

  it('says nothing where it is over at once', () => {
    expect(said(false)).toEqual([]);
    expect(said(true)).toEqual([]);
  });
});
