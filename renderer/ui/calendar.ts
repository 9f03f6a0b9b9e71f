import { formatDate } from './dates.ts';

/** What a calendar's arrows are called; the button between them is called what it says. */
export const CALENDAR_LABELS = {
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  previousYear: 'Previous year',
  nextYear: 'Next year',
  previousDecade: 'Previous decade',
  nextDecade: 'Next decade',
};

/** A day (`YYYY-MM-DD`) in the user's locale. */
export function dayWord(day: string): string {
  return formatDate(Date.parse(`${day}T12:00:00`) / 1000);
}
