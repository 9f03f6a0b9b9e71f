import ipaddr from 'ipaddr.js';
import { given, KeysmithError } from './errors.ts';
import type { Policy } from './policy.ts';

/** How many addresses and ranges a key may be bound to. */
export const MAX_ALLOWED_IPS = 1000;

/** A network in CIDR terms; a single host has the longest prefix of its family. */
export interface IpRange {
  readonly family: 4 | 6;
  /** 4 or 16 bytes, network order; bits beyond the prefix are zero. */
  readonly network: readonly number[];
  /** 0 to 32 or 0 to 128. */
  readonly prefixLength: number;
}

/** An entry that was left out because another one covers it. */
interface CoveredIp {
  readonly entry: string;
  /** The same text for a duplicate. */
  readonly by: string;
}

export interface AllowedIps {
  /** Canonical (IPv6 as in RFC 5952, a single host without mask), each once, in ASCII order. */
  readonly entries: readonly string[];
  readonly covered: readonly CoveredIp[];
}

/** Longer than any address with its mask. */
const MAX_ENTRY = 64;
const SEPARATORS = /[\s,]+/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6_GROUP = /^(?:[0-9a-fA-F]{1,4})?$/;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;
const BITS = { 4: 32, 6: 128 } as const;

/** What `--allow-ip` and the forms accept, in the words of an error message. */
const ALLOWED =
  'Allowed are IPv4 and IPv6 addresses and CIDR ranges, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32';

/**
 * Reads the addresses a key may be used from.
 *
 * @param text entries separated by commas, spaces or new lines
 * @throws IP_INVALID naming the entry at fault
 */
export function parseAllowedIps(text: string): AllowedIps {
  const ranges = text.split(SEPARATORS).filter(Boolean).map(parseRange);
  const { kept, covered } = mergeRanges(ranges);
  if (kept.length > MAX_ALLOWED_IPS) {
    throw new KeysmithError(
      'IP_INVALID',
      `The allowed IPs have ${kept.length} entries. Allowed are up to ${MAX_ALLOWED_IPS} a key; use ranges such as 10.0.0.0/8.`,
      { field: 'allowed_ips' },
    );
  }
  const entries = kept.map(formatRange).sort();
  return {
    entries,
    covered: covered.map(({ range, by }) => ({ entry: formatRange(range), by: formatRange(by) })),
  };
}

/**
 * The addresses a key of a service gets.
 *
 * @throws IP_INVALID, IPS_NOT_USED where the policy binds no keys to addresses
 */
export function resolveAllowedIps(text: string, policy: Policy): readonly string[] {
  const { entries } = parseAllowedIps(text);
  if (entries.length > 0 && !policy.allowed_ips) {
    throw new KeysmithError(
      'IPS_NOT_USED',
      `The allowed IPs ${given(entries.join(', '))} cannot be set: the policy of this service binds no keys to addresses. Allowed is none.`,
      { field: 'allowed_ips' },
    );
  }
  return entries;
}

/** Reads one address or CIDR range. @throws IP_INVALID */
export function parseRange(entry: string): IpRange {
  if (entry.length > MAX_ENTRY) return refuse(entry, 'is too long for an IP address');
  const [address = '', prefix, ...rest] = entry.split('/');
  if (rest.length > 0) return refuse(entry, 'has more than one mask');
  const { family, bytes } = parseBytes(address, entry);
  if (prefix === undefined) return { family, network: bytes, prefixLength: BITS[family] };
  const prefixLength = Number(prefix);
  if (!PREFIX.test(prefix) || prefixLength > BITS[family]) {
    return refuse(entry, `has a mask that is not a number from 0 to ${BITS[family]}`);
  }
  const network = maskBytes(bytes, prefixLength);
  if (network.some((byte, index) => byte !== bytes[index])) {
    return refuse(
      entry,
      `has bits set beyond its mask; the range is ${formatRange({ family, network, prefixLength })}`,
    );
  }
  return { family, network, prefixLength };
}

/** Reads one address without a mask. @throws IP_INVALID */
export function parseAddress(text: string): IpRange {
  if (text.length > MAX_ENTRY) return refuse(text, 'is too long for an IP address');
  if (text.includes('/')) {
    throw new KeysmithError(
      'IP_INVALID',
      `The address ${given(text)} has a mask. Allowed is one IPv4 or IPv6 address, such as 192.0.2.7 or 2001:db8::1.`,
      { field: 'allowed_ips' },
    );
  }
  const { family, bytes } = parseBytes(text, text);
  return { family, network: bytes, prefixLength: BITS[family] };
}

/** True for text that {@link parseAddress} takes. */
export function isAddress(text: string): boolean {
  return text.length <= MAX_ENTRY && addressOf(text) !== undefined;
}

/** Every network that contains an address, from the widest to the address itself: 33 or 129. */
export function networksAround({ family, network }: IpRange): readonly IpRange[] {
  return Array.from({ length: BITS[family] + 1 }, (_, prefixLength) => ({
    family,
    network: maskBytes(network, prefixLength),
    prefixLength,
  }));
}

/** Reads entries as they are stored; what was edited by hand and cannot be read is passed over. */
export function storedRanges(entries: readonly string[]): readonly IpRange[] {
  return entries.flatMap(entry => {
    try {
      return [parseRange(entry)];
    } catch {
      return [];
    }
  });
}

export function formatRange({ family, network, prefixLength }: IpRange): string {
  const address = ipaddr.fromByteArray([...network]);
  const text = address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  return prefixLength === BITS[family] ? text : `${text}/${prefixLength}`;
}

function addressOf(text: string): { family: 4 | 6; bytes: readonly number[] } | undefined {
  if (IPV4.test(text)) return { family: 4, bytes: text.split('.').map(Number) };
  const groups = text.split(':').flatMap(embeddedGroups);
  const plain = groups.join(':');
  // The library is lenient about group lengths and zones, and takes `::192.0.2.7` for an IPv4-mapped address.
  if (groups.length < 3 || !groups.every(group => IPV6_GROUP.test(group)) || !ipaddr.IPv6.isValid(plain)) {
    return undefined;
  }
  return { family: 6, bytes: ipaddr.IPv6.parse(plain).toByteArray() };
}

/** An IPv4 address at the end of an IPv6 one, as the two groups that it stands for. */
function embeddedGroups(group: string, index: number, groups: readonly string[]): readonly string[] {
  if (index < 2 || index < groups.length - 1 || !IPV4.test(group)) return [group];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}

function parseBytes(address: string, entry: string): { family: 4 | 6; bytes: readonly number[] } {
  const parsed = addressOf(address);
  if (parsed?.family === 6 && isMapped(parsed.bytes)) {
    const mask = Number(entry.split('/')[1] ?? BITS[6]) - (BITS[6] - BITS[4]);
    const ipv4 = parsed.bytes.slice(12).join('.');
    const written = mask >= 0 && mask < BITS[4] ? `${ipv4}/${mask}` : ipv4;
    return refuse(entry, `is an IPv4 address in IPv6 form; write ${written}`);
  }
  return parsed ?? refuse(entry, reasonAgainst(address));
}

/** `::ffff:0:0/96`: services see such a client as IPv4, so that an entry in this form would never match. */
function isMapped(bytes: readonly number[]): boolean {
  return bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
}

function reasonAgainst(address: string): string {
  if (address.includes('%')) return 'has a zone, which means nothing on another machine';
  if (/^\[.*\](:\d+)?$/.test(address)) return 'has brackets or a port';
  if (/^[\d.]+:\d+$/.test(address)) return 'has a port';
  if (/^\d+(\.\d+){3}$/.test(address))
    return 'has a part that is not a number from 0 to 255 without leading zeros';
  if (/[*?]/.test(address) || /^[\d.]+-[\d.]+$/.test(address))
    return 'is neither an address nor a CIDR range';
  if (/^[\w-]*[g-zG-Z_][\w.-]*$/.test(address) && !address.includes(':')) return 'is a name, not an address';
  return 'is not an IP address';
}

function refuse(entry: string, why: string): never {
  throw new KeysmithError('IP_INVALID', `The allowed IP ${given(entry)} ${why}. ${ALLOWED}.`, {
    field: 'allowed_ips',
  });
}

function maskBytes(bytes: readonly number[], prefixLength: number): readonly number[] {
  return bytes.map(
    (byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefixLength - index * 8))) & 0xff,
  );
}

/** Keeps the widest ranges: after sorting, whatever a range covers comes right behind it. */
function mergeRanges(ranges: readonly IpRange[]): {
  kept: readonly IpRange[];
  covered: readonly { readonly range: IpRange; readonly by: IpRange }[];
} {
  const kept: IpRange[] = [];
  const covered: { range: IpRange; by: IpRange }[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const last = kept.at(-1);
    if (last && contains(last, range)) covered.push({ range, by: last });
    else kept.push(range);
  }
  return { kept, covered };
}

function compareRanges(a: IpRange, b: IpRange): number {
  if (a.family !== b.family) return a.family - b.family;
  const differing = a.network.findIndex((byte, index) => byte !== b.network[index]);
  if (differing >= 0) return (a.network[differing] ?? 0) - (b.network[differing] ?? 0);
  return a.prefixLength - b.prefixLength;
}

/** Whether every address of the second range is one of the first. */
export function contains(wide: IpRange, narrow: IpRange): boolean {
  return (
    wide.family === narrow.family &&
    wide.prefixLength <= narrow.prefixLength &&
    maskBytes(narrow.network, wide.prefixLength).every((byte, index) => byte === wide.network[index])
  );
}
