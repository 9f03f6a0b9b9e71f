import { parseAllowedIps } from '../keys/allowed-ips.ts';
import { type CommonOptions, remark } from './command.ts';
import type { Io } from './io.ts';

export const ALLOW_IP = [
  '--allow-ip <ranges>',
  'addresses and CIDR ranges it may be used from, separated by commas or spaces; repeat for several (default: every address)',
] as const;

/** What was given as one text; says which entries were left out because others cover them. @throws IP_INVALID */
export function readAllowedIps(
  io: Io,
  options: CommonOptions,
  given: readonly string[] | undefined,
): string | undefined {
  if (given === undefined) return undefined;
  const text = given.join('\n');
  for (const { entry, by } of parseAllowedIps(text).covered) remark(io, options, coveredText(entry, by));
  return text;
}

function coveredText(entry: string, by: string): string {
  return entry === by ? `${entry} was given twice.` : `${entry} was left out: ${by} covers it.`;
}
