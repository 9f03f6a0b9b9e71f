import { type ErrorCode, given, KeysmithError } from './errors.ts';

/** Limits of what people may type, in characters (Unicode code points). */
export const LIMITS = {
  name: 128,
  title: 128,
  owner: 200,
  description: 2000,
  reason: 500,
} as const;

/** Control characters, separators that break lines, and the bidirectional overrides that disguise text. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const ASCII = /^[\0-\x7f]*$/;

interface LineRule {
  readonly code: ErrorCode;
  readonly field: string;
  readonly label: string;
  readonly max: number;
  readonly required: boolean;
}

/** One line of text: normalised to NFC, checked, returned as it is to be stored. */
function parseLine(input: string, rule: LineRule): string {
  const text = input.normalize('NFC');
  const refuse = (why: string): never => {
    const allowed = `Allowed are ${rule.required ? '1' : '0'} to ${rule.max} characters without control characters or spaces at either end.`;
    throw new KeysmithError(rule.code, `${rule.label} ${given(input)} ${why}. ${allowed}`, {
      field: rule.field,
    });
  };
  if (text === '') return rule.required ? refuse('is empty') : text;
  if (!text.isWellFormed()) refuse('is not well-formed Unicode');
  if (CONTROL.test(text)) refuse('contains a control character');
  if (text.trim() !== text) refuse('starts or ends with a space');
  if (isLonger(text, rule.max)) refuse('is too long');
  return text;
}

/** Whether a text has more characters; they are counted only where the cheap length does not say it. */
function isLonger(text: string, max: number): boolean {
  return text.length > max && (text.length > max * 2 || [...text].length > max);
}

/** A key's name. @throws NAME_INVALID */
export function parseName(input: string): string {
  return parseLine(input, {
    code: 'NAME_INVALID',
    field: 'name',
    label: 'The name',
    max: LIMITS.name,
    required: true,
  });
}

/** Who holds a key, in free text. @throws OWNER_INVALID */
export function parseOwner(input: string): string {
  return parseLine(input, {
    code: 'OWNER_INVALID',
    field: 'owner',
    label: 'The owner',
    max: LIMITS.owner,
    required: false,
  });
}

/** What a service is called. @throws TITLE_INVALID */
export function parseTitle(input: string): string {
  return parseLine(input, {
    code: 'TITLE_INVALID',
    field: 'title',
    label: 'The title',
    max: LIMITS.title,
    required: true,
  });
}

/** What an installation is called. @throws NAME_INVALID */
export function parseInstallationName(input: string): string {
  return parseLine(input, {
    code: 'NAME_INVALID',
    field: 'name',
    label: 'The installation name',
    max: LIMITS.title,
    required: true,
  });
}

/** Why a key was revoked or removed. @throws REASON_INVALID */
export function parseReason(input: string): string {
  return parseLine(input, {
    code: 'REASON_INVALID',
    field: 'reason',
    label: 'The reason',
    max: LIMITS.reason,
    required: false,
  });
}

/** A description: several lines are allowed, CRLF becomes LF. @throws DESCRIPTION_INVALID */
export function parseDescription(input: string): string {
  const refuse = (why: string): never => {
    throw new KeysmithError(
      'DESCRIPTION_INVALID',
      `The description ${given(input)} ${why}. Allowed are up to ${LIMITS.description} characters, line breaks included, without other control characters.`,
      { field: 'description' },
    );
  };
  if (input.length > LIMITS.description * 2 + 2) return refuse('is too long');
  const text = input.normalize('NFC').replace(/\r\n?/g, '\n');
  if (!text.isWellFormed()) return refuse('is not well-formed Unicode');
  if (CONTROL_BUT_LINES.test(text)) return refuse('contains a control character');
  if (isLonger(text, LIMITS.description)) return refuse('is too long');
  return text;
}

/**
 * The form in which names are compared and texts are searched: NFC, full case folding.
 *
 * JavaScript has no case folding of its own. Lower, upper, lower gives the same classes for names:
 * the middle step expands what has no single-character capital (`ß` → `SS`), the first one brings
 * capitals that upper-casing leaves alone (`ẞ`) to where it expands them.
 */
export function fold(text: string): string {
  // Most names are ASCII, of which nothing but the capitals changes.
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}
