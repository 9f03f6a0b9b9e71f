import { GRACE, parseDuration, resolveGrace } from '../../preload/contract.ts';
import { fieldRule } from '../ui/field-rule.ts';
import { durationWords } from './expiry-choice.ts';

/** A grace period as the form holds it. */
export interface GraceValue {
  /** One of `GRACE.choices`, or `custom`. */
  readonly choice: string;
  readonly count: number | string;
  readonly unit: 'hours' | 'days';
}

export const FIRST_GRACE: GraceValue = { choice: GRACE.default, count: 14, unit: 'days' };

const HOUR = 3600;

/** The grace period as the contract takes it. */
export function toGrace({ choice, count, unit }: GraceValue): string {
  return choice === 'custom' ? `${count}${unit === 'hours' ? 'h' : 'd'}` : choice;
}

/** When a grace period that starts at `now` ends, in seconds since the epoch; null: at once, or it cannot be taken. */
export function graceEnd(value: GraceValue, now: number): number | null {
  return graceProblem(value, now) === null ? resolveGrace(toGrace(value), now) : null;
}

/** Why a grace period cannot be taken; null when it can. */
export function graceProblem(value: GraceValue, now: number): string | null {
  if (value.choice === 'custom' && !/^[1-9]\d{0,5}$/.test(String(value.count)))
    return `Give a whole number of ${value.unit}, 1 or more.`;
  return fieldRule((grace: string) => resolveGrace(grace, now))(toGrace(value));
}

/** `PT24H` as people say it: 24 hours. */
export function graceWords(choice: string): string {
  if (choice === 'none') return 'None: refused at once';
  const { months, seconds } = parseDuration(choice) ?? { months: 0, seconds: 0 };
  const hours = seconds / HOUR;
  if (months > 0 || hours > 24 || !Number.isInteger(hours)) return durationWords(choice);
  return `${hours} hour${hours === 1 ? '' : 's'}`;
}
