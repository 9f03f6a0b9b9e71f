import { expect, it } from 'vitest';
import { rateGoal } from '../../bench/benchmark.ts';
import { closingLine, goalRows, judge, type Outcome } from '../../bench/report.ts';

const rate = (name: string, value: number) => ({ name, value, unit: 'rows/s' });

const OUTCOMES: readonly Outcome[] = [
  {
    kind: 'done',
    name: 'export',
    seconds: 1,
    goals: judge([
      rateGoal('rate', rate('Keysmith', 41_000), rate('sqlite3', 100_000), 0.4),
      { name: 'memory', value: 151.2, unit: 'MB', bound: { atMost: 150 } },
    ]),
    figures: [],
    checked: ['the rows'],
  },
  { kind: 'skipped', name: 'scroll', reason: 'there is no display here' },
];

it('tells of each goal what was measured against what, and whether that is enough', () => {
  expect(goalRows(OUTCOMES)).toEqual([
    ['export', 'rate', '41,000 rows/s', 'sqlite3: 100,000 rows/s', '0.41 ×', '≥ 0.4 ×', 'reached'],
    ['', 'memory', '', '', '151 MB', '≤ 150 MB', 'MISSED'],
    ['scroll', 'skipped: there is no display here', '', '', '', '', ''],
  ]);
  expect(closingLine(OUTCOMES)).toBe('1 of 2 goals reached, 1 skipped');
});

it('counts a goal as reached at its very bound', () => {
  const at = (value: number) => [{ name: 'time', value, unit: 's', bound: { atMost: 60 } }] as const;
  expect(judge(at(60))[0]?.reached).toBe(true);
  expect(judge(at(60.01))[0]?.reached).toBe(false);
});
