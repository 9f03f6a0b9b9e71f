import { BUNDLE_VALIDITY, resolveValidity } from '../../preload/contract.ts';
import { fieldRule } from '../ui/field-rule.ts';

/** How long a bundle is valid, as the form holds it. */
export interface ValidityValue {
  /** One of `BUNDLE_VALIDITY.choices`, or `custom`. */
  readonly choice: string;
  readonly count: number | string;
  readonly unit: 'hours' | 'days';
}

export const FIRST_VALIDITY: ValidityValue = { choice: BUNDLE_VALIDITY.default, count: 14, unit: 'days' };

/** The duration as the contract takes it. */
export function toValidFor({ choice, count, unit }: ValidityValue): string {
  return choice === 'custom' ? `${count}${unit === 'hours' ? 'h' : 'd'}` : choice;
}

/** Why it cannot be taken; null when it can. */
export function validityProblem(value: ValidityValue, now: number): string | null {
  if (value.choice === 'custom' && !/^[1-9]\d{0,5}$/.test(String(value.count)))
    return `Give a whole number of ${value.unit}, 1 or more.`;
  return fieldRule((text: string) => resolveValidity(text, now))(toValidFor(value));
}
