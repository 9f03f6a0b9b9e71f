import { describe, expect, it } from 'vitest';
import { isAddress, MAX_ALLOWED_IPS, parseAddress, parseAllowedIps } from '../../../main/keys/allowed-ips.ts';
import { createKey } from '../../../main/keys/create-key.ts';
import { createService } from '../../../main/keys/create-service.ts';
import { editKey } from '../../../main/keys/edit-key.ts';
import { editService } from '../../../main/keys/edit-service.ts';
import { refusal } from '../../fixtures/expect-failure.ts';
import { testInstallation } from '../../fixtures/installation.ts';

const entries = (text: string) => parseAllowedIps(text).entries;

/** Hosts with a gap between any two, so that none covers another. */
const hosts = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${Math.floor(index / 128)}.${(index % 128) * 2}`);

describe('allowed IPs', () => {
  it.each([
    ['192.0.2.7', ['192.0.2.7']],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['0.0.0.0/0', ['0.0.0.0/0']],
    ['192.0.2.7/32', ['192.0.2.7']],
    ['2001:db8::1/128', ['2001:db8::1']],
    ['::/0', ['::/0']],
    ['2001:DB8:0:0:0:0:0:1', ['2001:db8::1']],
    ['2001:0db8:0000::', ['2001:db8::']],
    ['2001:db8:0:1:1:1:1:1', ['2001:db8:0:1:1:1:1:1']],
    ['2001:0:0:1:0:0:0:1', ['2001:0:0:1::1']],
    ['2001:db8:0:0:1:0:0:1', ['2001:db8::1:0:0:1']],
    ['64:ff9b::192.0.2.33', ['64:ff9b::c000:221']],
    ['::192.0.2.33', ['::c000:221']],
    ['2001:db8::/32', ['2001:db8::/32']],
    ['', []],
    [' ,\n,\t ', []],
  ])('%j is read as %j', (text, expected) => expect(entries(text)).toEqual(expected));

  it('are separated by commas, spaces and new lines, and stand in ASCII order', () => {
    expect(entries(' 9.9.9.9,10.0.0.1 ,\r\n2001:db8::1\t::1')).toEqual([
      '10.0.0.1',
      '2001:db8::1',
      '9.9.9.9',
      '::1',
    ]);
  });

  it('leave out duplicates and what another range contains, and say which', () => {
    expect(parseAllowedIps('10.1.2.3 10.1.0.0/16 10.0.0.0/8 11.0.0.1 11.0.0.1/32')).toEqual({
      entries: ['10.0.0.0/8', '11.0.0.1'],
      covered: [
        { entry: '10.1.0.0/16', by: '10.0.0.0/8' },
        { entry: '10.1.2.3', by: '10.0.0.0/8' },
        { entry: '11.0.0.1', by: '11.0.0.1' },
      ],
    });
    expect(parseAllowedIps('2001:db8::1 2001:DB8::/32 0.0.0.0/0')).toEqual({
      entries: ['0.0.0.0/0', '2001:db8::/32'],
      covered: [{ entry: '2001:db8::1', by: '2001:db8::/32' }],
    });
  });

  it('keep neighbours apart that no given range contains', () => {
    expect(parseAllowedIps('10.0.0.0/9 10.128.0.0/9')).toEqual({
      entries: ['10.0.0.0/9', '10.128.0.0/9'],
      covered: [],
    });
  });

  it.each([
    ['10.0.0.1/8', 'has bits set beyond its mask; the range is 10.0.0.0/8'],
    ['2001:db8::1/32', 'has bits set beyond its mask; the range is 2001:db8::/32'],
    ['fe80::1%eth0', 'has a zone'],
    ['192.0.2.7:443', 'has a port'],
    ['[2001:db8::1]', 'has brackets or a port'],
    ['[2001:db8::1]:443', 'has brackets or a port'],
    ['example.org', 'is a name, not an address'],
    ['localhost', 'is a name, not an address'],
    ['::ffff:192.0.2.7', 'is an IPv4 address in IPv6 form; write 192.0.2.7.'],
    ['::FFFF:c000:207', 'is an IPv4 address in IPv6 form; write 192.0.2.7.'],
    ['0:0:0:0:0:ffff:192.0.2.0/120', 'is an IPv4 address in IPv6 form; write 192.0.2.0/24.'],
    ['::ffff:0:0/96', 'is an IPv4 address in IPv6 form; write 0.0.0.0/0.'],
    ['192.0.02.7', 'without leading zeros'],
    ['256.0.0.1', 'a number from 0 to 255'],
    ['10.0.0.*', 'is neither an address nor a CIDR range'],
    ['10.0.0.1-10.0.0.9', 'is neither an address nor a CIDR range'],
    ['10.0.0.0/255.0.0.0', 'has a mask that is not a number from 0 to 32'],
    ['10.0.0.0/33', 'has a mask that is not a number from 0 to 32'],
    ['10.0.0.0/08', 'has a mask that is not a number from 0 to 32'],
    ['10.0.0.0/', 'has a mask that is not a number from 0 to 32'],
    ['2001:db8::/129', 'has a mask that is not a number from 0 to 128'],
    ['10.0.0.0/8/8', 'has more than one mask'],
    ['10.1', 'is not an IP address'],
    ['167772161', 'is not an IP address'],
    ['2001:db8:::1', 'is not an IP address'],
    ['12345::', 'is not an IP address'],
    ['/8', 'is not an IP address'],
  ])('refuse %s, which %s', (entry, why) => {
    const { message, field } = refusal('IP_INVALID', () => parseAllowedIps(`192.0.2.1, ${entry} 192.0.2.2`));
    expect(message).toContain(`The allowed IP "${entry}" `);
    expect(message).toContain(why);
    expect(message).not.toContain('192.0.2.1,');
    expect(field).toBe('allowed_ips');
  });

  it('cut a long entry in the sentence that refuses it', () => {
    const { message } = refusal('IP_INVALID', () => parseAllowedIps('x'.repeat(100_000)));
    expect(message).toContain('(100000 characters)');
  });

  it('are up to a thousand a key, after merging', () => {
    expect(MAX_ALLOWED_IPS).toBe(1000);
    expect(entries(hosts(1000).join(' '))).toHaveLength(1000);
    expect(
      refusal('IP_INVALID', () => parseAllowedIps(hosts(1001).join('\n'))).message,
      'says how many there are',
    ).toContain('1001 entries');
    expect(entries([...hosts(1001), '10.0.0.0/24'].join(' ')), 'one range covers 128 of them').toHaveLength(
      874,
    );
  });

  it('of one client are an address without a mask', () => {
    expect(parseAddress('10.0.0.1')).toEqual({ family: 4, network: [10, 0, 0, 1], prefixLength: 32 });
    for (const text of ['10.0.0.0/8', '::ffff:10.0.0.1', '10.0.0.1 ', ''])
      refusal('IP_INVALID', () => parseAddress(text));
    expect(['10.0.0.1', '::1', '10.0.0.0/8', 'x', '::1%lo', '1'.repeat(100)].map(isAddress)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the allowed IPs of a key', () => {
  it('are kept in their canonical form', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'open' });
    const { key } = createKey(ports, actor, {
      service: 'open',
      name: 'ci',
      allowedIps: '2001:DB8::1/128, 10.0.0.0/8 10.1.1.1',
    });
    expect(store.key(key.id)?.allowedIps).toEqual(['10.0.0.0/8', '2001:db8::1']);
    const edited = editKey(ports, actor, { key: key.id, allowedIps: '' });
    expect(edited.allowedIps).toEqual([]);
    expect(store.audit({ limit: 1 })[0]).toMatchObject({
      action: 'key.edit',
      before: { allowed_ips: ['10.0.0.0/8', '2001:db8::1'] },
      after: { allowed_ips: [] },
    });
  });

  it('that are given in another form change nothing', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'open' });
    const { key } = createKey(ports, actor, { service: 'open', name: 'ci', allowedIps: '::1 10.0.0.0/8' });
    const before = store.head();
    editKey(ports, actor, { key: key.id, allowedIps: '10.0.0.0/8, 0:0:0:0:0:0:0:1, 10.9.9.9' });
    expect(store.head()).toEqual(before);
  });

  it('are refused where the policy uses none, and may still be taken away', async () => {
    const { ports, actor, store } = await testInstallation();
    createService(ports, actor, { service: 'open' });
    const { key } = createKey(ports, actor, { service: 'open', name: 'ci', allowedIps: '::1' });
    editService(ports, actor, { service: 'open', policy: { allowed_ips: false } });
    const before = store.head();
    const wrong = [
      () => createKey(ports, actor, { service: 'open', name: 'two', allowedIps: '10.0.0.1' }),
      () => editKey(ports, actor, { key: key.id, allowedIps: '10.0.0.1' }),
    ];
    for (const work of wrong) expect(refusal('IPS_NOT_USED', work).message).toContain('"10.0.0.1"');
    refusal('IP_INVALID', () => editKey(ports, actor, { key: key.id, allowedIps: 'here' }));
    expect(store.head()).toEqual(before);
    expect(editKey(ports, actor, { key: key.id, owner: 'Ann' }).allowedIps, 'what it has it keeps').toEqual([
      '::1',
    ]);
    expect(editKey(ports, actor, { key: key.id, allowedIps: ' ' }).allowedIps).toEqual([]);
  });
});
