import { type Kind, type Policy, parseDuration, type Request } from '../../preload/contract.ts';
import { durationWords } from '../keys/expiry-choice.ts';

export type PolicyChange = NonNullable<Request<'services:edit'>['policy']>;

/** A policy as its form holds it: durations in words, empty for none. */
export interface PolicyValues {
  kinds: Kind[];
  required: boolean;
  standard: string;
  max: string;
  /** Separated by commas, in the order in which they are offered. */
  choices: string;
  allowedIps: boolean;
  rotation: string;
  renamable: boolean;
  managedBy: Policy['managed_by'];
}

export function policyValues({
  kinds,
  expiry,
  allowed_ips,
  rotation,
  renamable,
  managed_by,
}: Policy): PolicyValues {
  return {
    kinds: [...kinds],
    required: expiry.required,
    standard: durationText(expiry.default),
    max: durationText(expiry.max),
    choices: expiry.choices.map(durationText).join(', '),
    allowedIps: allowed_ips,
    rotation: durationText(rotation),
    renamable,
    managedBy: managed_by,
  };
}

/** The policy as the contract takes it; main says what of it is not possible. */
export function toPolicyChange(values: PolicyValues): PolicyChange {
  const orNone = (text: string) => (text.trim() === '' ? null : readDuration(text));
  return {
    kinds: values.kinds,
    expiry: {
      required: values.required,
      default: orNone(values.standard),
      max: orNone(values.max),
      choices: values.choices
        .split(',')
        .filter(text => text.trim() !== '')
        .map(readDuration),
    },
    allowed_ips: values.allowedIps,
    rotation: orNone(values.rotation),
    renamable: values.renamable,
    managed_by: values.managedBy,
  };
}

const FIELDS: readonly (readonly [rule: string, field: keyof PolicyValues])[] = [
  ['kinds', 'kinds'],
  ['expiry.required', 'required'],
  ['expiry.default', 'standard'],
  ['expiry.max', 'max'],
  ['expiry.choices', 'choices'],
  ['allowed_ips', 'allowedIps'],
  ['rotation', 'rotation'],
  ['renamable', 'renamable'],
  ['managed_by', 'managedBy'],
];

/** The field of the form that a refused rule belongs to; a rule of one choice stands under its list. */
export function policyFieldOf(rule: string | undefined): keyof PolicyValues | undefined {
  return FIELDS.find(([name]) => rule === name || rule?.startsWith(`${name}.`))?.[1];
}

const UNITS: Readonly<Record<string, string>> = {
  hour: 'PT#H',
  day: 'P#D',
  week: 'P#W',
  month: 'P#M',
  year: 'P#Y',
};

/** Reads `6 months`, `P6M` or `90d`; what cannot be read stays as it is, for main to say so. */
function readDuration(text: string): string {
  const words = text.trim();
  const [, count, unit = ''] = /^(\d+)\s*(hour|day|week|month|year)s?$/i.exec(words) ?? [];
  return (count !== undefined && UNITS[unit.toLowerCase()]?.replace('#', count)) || words;
}

/** A duration in words that can be read back; as it is stored where no words say exactly that. */
function durationText(stored: string | null): string {
  if (stored === null) return '';
  const words = durationWords(stored);
  const [said, meant] = [parseDuration(readDuration(words)), parseDuration(stored)];
  return said && said.months === meant?.months && said.seconds === meant.seconds ? words : stored;
}
