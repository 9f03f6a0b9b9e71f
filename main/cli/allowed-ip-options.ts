import { parseAllowedIps } from '../keys/allowed-ips.ts';
import { KeysmithError, given as quote } from '../keys/errors.ts';
import { type CommonOptions, remark } from './command.ts';
import type { Io } from './io.ts';

export const ALLOW_IP = [
  '--allow-ip <ranges>',
  'addresses and CIDR ranges it may be used from, separated by commas or spaces; repeat for several. The whole list: what a key had before goes',
] as const;

/** What was given as one text; says which entries were left out because others cover them. @throws IP_INVALID */
export function readAllowedIps(
  io: Io,
  options: CommonOptions,
  given: readonly string[] | undefined,
): string | undefined {
  if (given === undefined) return undefined;
  // An empty one is a variable that was not set, never the wish to open the key to everyone.
  const empty = given.find(entries => parseAllowedIps(entries).entries.length === 0);
  if (empty !== undefined) {
    throw new KeysmithError(
      'IP_INVALID',
      `An allowed IP was given without an address: ${quote(empty)}. Allowed are addresses and CIDR ranges; --no-allow-ips lets a key be used from every address.`,
      { field: 'allowed_ips' },
    );
  }
  const text = given.join('\n');
  for (const { entry, by } of parseAllowedIps(text).covered) remark(io, options, coveredText(entry, by));
  return text;
}

function coveredText(entry: string, by: string): string {
  return entry === by ? `${entry} was given twice.` : `${entry} was left out: ${by} covers it.`;
}
