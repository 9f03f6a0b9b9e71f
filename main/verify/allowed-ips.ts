import { BlockList, isIP, SocketAddress } from 'node:net';

const PREFIX = /^(?:0|[1-9]\d{0,2})$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/** A list as keys and tokens hold it: addresses, and ranges in CIDR form. */
export function isAllowedIps(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every(entry => typeof entry === 'string' && parseEntry(entry) !== undefined)
  );
}

/**
 * Whether an address is one of the allowed ones. An IPv4-mapped IPv6 address (`::ffff:192.0.2.7`, as sockets that
 * listen on both show it) counts as the IPv4 address. What is not an address, or has a zone, never matches.
 *
 * @param entries none: every address is allowed
 * @param ip undefined when the service does not know it: then no list matches
 */
export function isIpAllowed(entries: readonly string[], ip: string | undefined): boolean {
  if (entries.length === 0) return true;
  const address = ip === undefined ? undefined : plainAddress(ip);
  if (address === undefined) return false;
  const family = isIP(address);
  const list = new BlockList();
  for (const entry of entries) {
    const range = parseEntry(entry);
    // SECURITY: an IPv4 address is not looked up in IPv6 ranges, where BlockList would find it in ::/0.
    if (range?.family === family) list.addSubnet(range.address, range.prefix, typeOf(family));
  }
  return list.check(address, typeOf(family));
}

function typeOf(family: number): 'ipv4' | 'ipv6' {
  return family === 4 ? 'ipv4' : 'ipv6';
}

/** An address without a zone, an IPv4-mapped one as IPv4. */
function plainAddress(ip: string): string | undefined {
  const family = ip.includes('%') ? 0 : isIP(ip);
  if (family !== 6) return family === 4 ? ip : undefined;
  const { address } = new SocketAddress({ address: ip, family: 'ipv6' });
  return MAPPED.exec(address)?.[1] ?? address;
}

function parseEntry(entry: string): { family: number; address: string; prefix: number } | undefined {
  const slash = entry.indexOf('/');
  const address = slash < 0 ? entry : entry.slice(0, slash);
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0) return undefined;
  const bits = family === 4 ? 32 : 128;
  if (slash < 0) return { family, address, prefix: bits };
  const prefix = entry.slice(slash + 1);
  return PREFIX.test(prefix) && Number(prefix) <= bits
    ? { family, address, prefix: Number(prefix) }
    : undefined;
}
