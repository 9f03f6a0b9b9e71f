import { describe, expect, it, vi } from 'vitest';
import { answer, type Handler } from '../../../main/desktop/answer.ts';
import { KeysmithError } from '../../../main/keys/errors.ts';
import { type Channel, CONTRACT } from '../../../preload/contract.ts';

const never = () => {
  throw new Error('the handler must not run');
};
const NOTHING: readonly Channel[] = [
  'app:state',
  'app:retry',
  'app:lock',
  'operators:list',
  'settings:preferences',
  'settings:notices',
  'settings:choose-export-folder',
  'settings:forget-export-folder',
  'app:about',
  'app:licences',
  'services:list',
  'keys:attention',
  'bundles:warnings',
  'imports:choose',
  'imports:unfinished',
  'audit:overview',
  'backups:last',
  'settings:layout',
  'signing-keys:list',
  'signing-keys:trust',
  'reveal:current',
  'window:close',
];
const CHANNELS = Object.keys(CONTRACT) as Channel[];

const JUNK: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', Number.NaN],
  ['a string', 'x'],
  ['an array', []],
  ['an unknown member', { surprise: 1 }],
  ['a polluting member', JSON.parse('{"__proto__":{"polluted":true},"key":"ak_0000000000000000"}')],
  ['a constructor', { constructor: { prototype: { polluted: true } } }],
  [
    'an oversized text',
    {
      key: 'x'.repeat(1_000_000),
      text: 'x'.repeat(1_000_000),
      service: 'x'.repeat(1_000_000),
      handle: 'x'.repeat(1000),
      passphrase: 'x'.repeat(1_000_000),
    },
  ],
  ['NaN for a number', { sort: { field: 'name', descending: true }, offset: Number.NaN, limit: 10 }],
  ['a negative offset', { sort: { field: 'name', descending: true }, offset: -1, limit: 10 }],
  [
    'an endless limit',
    { sort: { field: 'name', descending: true }, offset: 0, limit: Number.POSITIVE_INFINITY },
  ],
  [
    'a wrong type inside',
    { key: 12, handle: {}, text: ['x'], service: null, name: true, passphrase: 1, template: [] },
  ],
];

describe('every channel', () => {
  it.each(CHANNELS.flatMap(channel => JUNK.map(([what, junk]) => [channel, what, junk] as const)))(
    '%s refuses %s',
    async (channel, _, junk) => {
      expect(await answer(channel, [junk], never as Handler<Channel>)).toMatchObject({
        ok: false,
        error: { code: 'REQUEST_INVALID' },
      });
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  it.each(CHANNELS)('%s refuses a second argument', async channel => {
    expect(await answer(channel, [undefined, {}], never as Handler<Channel>)).toMatchObject({ ok: false });
  });

  it.each(CHANNELS.filter(channel => !NOTHING.includes(channel)))('%s needs a request', async channel => {
    expect(await answer(channel, [], never as Handler<Channel>)).toMatchObject({ ok: false });
  });
});

describe('an answer', () => {
  it('is the value of the handler', async () => {
    expect(await answer('services:list', [], () => [])).toEqual({
      ok: true,
      value: [],
    });
  });

  it('is an expected failure as a value', async () => {
    const refuse = () => {
      throw new KeysmithError('KEY_NOT_FOUND', 'No such key.', { field: 'key' });
    };
    expect(await answer('keys:show', [{ key: 'x' }], refuse)).toEqual({
      ok: false,
      error: { code: 'KEY_NOT_FOUND', message: 'No such key.', field: 'key' },
    });
  });

  it('never carries what went wrong inside', async () => {
    const crash = () => {
      throw new Error('team_sk_secret');
    };
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(answer('services:list', [], crash)).rejects.toThrow(
      /^Something unexpected went wrong inside Keysmith\.$/,
    );
    const logged = log.mock.calls.join('');
    log.mockRestore();
    expect(logged).toContain('services:list failed unexpectedly');
    expect(logged).not.toContain('secret');
  });
});
