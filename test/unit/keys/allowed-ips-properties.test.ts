import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatRange,
  type IpRange,
  networksAround,
  parseAddress,
  parseAllowedIps,
  parseRange,
} from '../../../main/keys/allowed-ips.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';

/** An address as a number, for an oracle that knows nothing of bytes. */
interface Client {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

const toBytes = ({ family, value }: Client): number[] =>
  Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((value >> BigInt(BITS[family] - 8 * (index + 1))) & 255n),
  );
const toValue = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
const isMapped = ({ family, value }: Client) => family === 6 && value >> 32n === 0xffffn;

/** Few bits differ, so that ranges often contain each other. */
const client: fc.Arbitrary<Client> = fc
  .oneof(
    fc.record({
      family: fc.constant(4 as const),
      value: fc.oneof(fc.bigInt({ min: 0n, max: 31n }), fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })),
    }),
    fc.record({
      family: fc.constant(6 as const),
      value: fc.oneof(fc.bigInt({ min: 0n, max: 31n }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })),
    }),
  )
  .filter(each => !isMapped(each));

const range: fc.Arbitrary<IpRange> = fc
  .tuple(client, fc.oneof(fc.nat(128), fc.integer({ min: 0, max: 6 })))
  .map(([{ family, value }, host]) => {
    const hostBits = BigInt(host % (BITS[family] + 1));
    return {
      family,
      network: toBytes({ family, value: (value >> hostBits) << hostBits }),
      prefixLength: BITS[family] - Number(hostBits),
    };
  })
  .filter(({ family, network }) => !isMapped({ family, value: toValue(network) }));

const admits = ({ family, network, prefixLength }: IpRange, { family: other, value }: Client): boolean => {
  const hostBits = BigInt(BITS[family] - prefixLength);
  return family === other && value >> hostBits === toValue(network) >> hostBits;
};

const isAccepted = (text: string): boolean => {
  try {
    parseRange(text);
    return true;
  } catch (error) {
    if (error instanceof KeysmithError && error.code === 'IP_INVALID') return false;
    throw error;
  }
};

/** Addresses as people write them: any number of groups, cut, embedded, in capitals. */
const written: fc.Arbitrary<string> = fc.oneof(
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6(),
  client.map(each =>
    formatRange({ family: each.family, network: toBytes(each), prefixLength: BITS[each.family] }),
  ),
  fc
    .array(fc.constantFrom('', '0', '1', 'ffff', 'FFFF', '00ab', '12345', 'g', '1.2.3.4', '01.2.3.4'), {
      maxLength: 9,
    })
    .map(groups => groups.join(':')),
  fc
    .array(fc.constantFrom('', '0', '1', '255', '256', '00', '0x1', '1e2'), { maxLength: 5 })
    .map(parts => parts.join('.')),
);

/** The same with a character put in, taken out or replaced. */
const mutated: fc.Arbitrary<string> = fc
  .tuple(
    written,
    fc.nat(45),
    fc.nat(1),
    fc.constantFrom('', ':', '.', '0', 'f', '%', '[', ' ', '-', '\n', '\0', '٣'),
  )
  .map(([text, at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed));

describe('an address range', () => {
  it('that is written and read again is the same', () => {
    fc.assert(
      fc.property(range, each => {
        expect(parseRange(formatRange(each))).toEqual(each);
      }),
    );
  });

  it('is an address exactly where Node says so, but for zones and IPv4 in IPv6 form', () => {
    fc.assert(
      fc.property(fc.oneof(written, mutated), text => {
        fc.pre(!/[/%]/.test(text));
        // The URL parser writes every IPv6 address in one form, and IPv4 within IPv6 as two groups.
        const host = isIP(text) === 6 ? new URL(`http://[${text}]/`).hostname : '';
        expect(isAccepted(text)).toBe(isIP(text) !== 0 && !/^\[::ffff:[0-9a-f]+:[0-9a-f]+\]$/.test(host));
      }),
      { numRuns: 3000 },
    );
  });

  it('contains an address exactly when it is one of the networks around it', () => {
    fc.assert(
      fc.property(range, client, (each, from) => {
        const around = networksAround(
          parseAddress(formatRange({ ...from, network: toBytes(from), prefixLength: BITS[from.family] })),
        );
        expect(around).toHaveLength(BITS[from.family] + 1);
        const found = around.some(
          network => formatRange(network) === formatRange(each) && network.family === each.family,
        );
        expect(found).toBe(admits(each, from));
      }),
    );
  });
});

describe('a list of ranges', () => {
  const list = fc.array(range, { maxLength: 12 });
  const text = (ranges: readonly IpRange[]) => ranges.map(formatRange).join(', ');

  it('that is canonical already stays as it is', () => {
    fc.assert(
      fc.property(list, ranges => {
        const { entries } = parseAllowedIps(text(ranges));
        expect(parseAllowedIps(entries.join('\n'))).toEqual({ entries, covered: [] });
      }),
    );
  });

  it('has every range it was given, kept or named as covered', () => {
    fc.assert(
      fc.property(list, ranges => {
        const { entries, covered } = parseAllowedIps(text(ranges));
        expect([...entries, ...covered.map(({ entry }) => entry)].sort()).toEqual(
          ranges.map(formatRange).sort(),
        );
        for (const { by } of covered) expect(entries).toContain(by);
      }),
    );
  });

  it('admits after merging exactly the addresses that it admitted before', () => {
    fc.assert(
      fc.property(list, client, fc.nat(11), fc.boolean(), (ranges, anyone, nth, near) => {
        // A client at the edge of a range tells more than one that is far from all.
        const edge = ranges[nth];
        const from: Client = edge
          ? { family: edge.family, value: toValue(edge.network) ^ (near ? 1n : 0n) }
          : anyone;
        const merged = parseAllowedIps(text(ranges)).entries.map(parseRange);
        for (const each of [anyone, from])
          expect(merged.some(range => admits(range, each))).toBe(ranges.some(range => admits(range, each)));
      }),
      { numRuns: 500 },
    );
  });
});
