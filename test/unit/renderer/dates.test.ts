import { afterEach, expect, it } from 'vitest';
import {
  formatDate,
  formatDateAs,
  formatDateTime,
  formatMoment,
  writeDatesAs,
} from '../../../renderer/ui/dates.ts';

const at = new Date(2027, 2, 1, 9, 5, 59).getTime() / 1000;

afterEach(() => writeDatesAs('system'));

it('dates are written as the system writes them, or by year, month and day in its zone', () => {
  expect(formatDate(at)).toMatch(/2027/);
  expect(formatDate(at)).not.toBe('2027-03-01');
  writeDatesAs('iso');
  expect([formatDate(at), formatDateTime(at), formatMoment(at)]).toEqual([
    '2027-03-01',
    '2027-03-01 09:05',
    '2027-03-01 09:05',
  ]);
  expect(formatDateAs('system', at)).not.toBe('2027-03-01');
});
