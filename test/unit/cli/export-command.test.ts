import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../fixtures/installation.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';
import { commandLine } from './run.ts';

const DAY = 86_400;

async function withKeys() {
  const { run, clock } = commandLine();
  await run(['init']);
  const tokens: string[] = [];
  for (const name of ['one', 'two']) {
    const created = await run(['key', 'create', '--service', 'team-api', '--name', name, '--json']);
    tokens.push(created.json().token);
  }
  const folder = temporaryFolder();
  const bundle = (...argv: string[]) => run(['export', 'bundle', '--service', 'team-api', ...argv]);
  return { run, clock, tokens, bundle, out: join(folder, 'bundle') };
}

describe('keysmith export bundle', () => {
  it('says with --json what was written, in these members', async () => {
    const { bundle, out } = await withKeys();
    const { exit, err, json } = await bundle('--out', out, '--valid-for', '10d', '--json');
    expect([exit, err]).toEqual([0, '']);
    const hash = json().manifest_sha256;
    expect(json()).toEqual({
      out,
      sequence: 1,
      issued_at: NOW,
      expires_at: NOW + 10 * DAY,
      manifest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      previous: null,
      created_by: expect.any(String),
      tampered: false,
      counts: { valid: 2, refused: 0, tampered: 0, not_in_map: 0 },
    });
    expect((await bundle('--out', out, '--force', '--json')).json()).toMatchObject({
      sequence: 2,
      previous: hash,
    });
  });

  it('says what will be new, and writes nothing, with --dry-run', async () => {
    const { run, bundle, out } = await withKeys();
    const nothing = {
      added: 0,
      changed: 0,
      disabled: 0,
      refused: 0,
      more: false,
      signing_keys: 0,
      audience: false,
    };
    const dry = async () => (await bundle('--dry-run', '--out', out, '--json')).json();
    expect(await dry()).toEqual({
      service: 'team-api',
      sequence: 1,
      changes: { since: null, ...nothing, added: 2 },
    });
    expect(existsSync(out)).toBe(false);
    await bundle('--out', out);
    expect(await dry()).toEqual({ service: 'team-api', sequence: 2, changes: { since: 1, ...nothing } });
    expect((await bundle('--dry-run')).out).toBe(
      'The next bundle of team-api is number 2. Since number 1: nothing changed.\n',
    );
    await run(['key', 'revoke', 'team-api/one']);
    expect((await bundle('--dry-run')).out).toContain('Since number 1: keys: 1 refused.');
    expect((await run(['export', 'bundles', '--service', 'team-api', '--json'])).json()).toHaveLength(1);
  });

  it('ends with 2 on wrong usage, and with 1 and a code when it is refused', async () => {
    const { run, bundle, out } = await withKeys();
    expect((await bundle()).exit).toBe(2);
    expect((await bundle('--out', '')).exit).toBe(2);
    expect((await run(['export', 'bundle', '--out', out])).exit).toBe(2);
    const refused = async (...argv: string[]) => {
      const { exit, out: printed, error } = await run(['export', 'bundle', ...argv, '--json']);
      expect([exit, printed]).toEqual([1, '']);
      const { code, field } = error();
      return [code, field];
    };
    expect(await refused('--service', 'nowhere', '--out', out)).toEqual(['SERVICE_NOT_FOUND', 'service']);
    for (const duration of ['0d', '-1d', 'P1Y1D', 'soon', ''])
      for (const how of [['--out', out], ['--dry-run']])
        expect(await refused('--service', 'team-api', `--valid-for=${duration}`, ...how)).toEqual([
          'VALIDITY_INVALID',
          'valid_for',
        ]);
    expect(existsSync(out)).toBe(false);
    expect((await bundle('--out', out)).exit).toBe(0);
    expect(await refused('--service', 'team-api', '--out', out)).toEqual(['FILE_EXISTS', 'out']);
  });

  it('remarks on keys that gateways cannot check, and says nothing of secrets', async () => {
    const { run, tokens, bundle, out } = await withKeys();
    await run(['service', 'create', 'sup', '--template', 'public-private-keys']);
    await run(['key', 'create', '--service', 'sup', '--name', 'ips', '--allow-ip', '10.0.0.1']);
    const { err } = await run(['export', 'bundle', '--service', 'sup', '--out', `${out}-sup`]);
    expect(err).toBe("1 key is bound to addresses and not in HAProxy's map, which cannot check addresses.\n");
    const said = [await bundle('--out', out), await bundle('--out', out), await bundle('--dry-run')];
    for (const { out: printed, err } of said)
      for (const token of tokens) expect(printed + err).not.toContain(token.slice(-49, -10));
  });
});

describe('keysmith export bundles', () => {
  it('lists the newest first, and is empty before the first', async () => {
    const { run, clock, bundle, out } = await withKeys();
    const list = async (...argv: string[]) => run(['export', 'bundles', '--service', 'team-api', ...argv]);
    expect((await list('--json')).json()).toEqual([]);
    expect((await list()).out).toBe('There is none yet.\n');
    const first = (await bundle('--out', out, '--json')).json();
    clock.now += DAY;
    const second = (await bundle('--out', out, '--force', '--json')).json();
    const listed = ({ out: _, counts: __, ...bundle }: typeof first) => bundle;
    expect((await list('--json')).json()).toEqual([listed(second), listed(first)]);
    expect((await list()).out.split('\n')[1]).toMatch(/^2 +2026-11-24T04:00:00Z +2026-12-24T04:00:00Z /);
  });
});

describe('keysmith export inventory', () => {
  it('ends with 2 when a signature is to go nowhere, and puts one beside the file otherwise', async () => {
    const { run, out } = await withKeys();
    const wrong = await run(['export', 'inventory', '--sign']);
    expect([wrong.exit, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('--sign needs --out');
    expect((await run(['export', 'inventory', '--columns', 'secret'])).exit).toBe(2);
    expect((await run(['export', 'inventory', '--format', 'xml'])).exit).toBe(2);
    const signed = await run(['export', 'inventory', '--out', out, '--sign', '--json']);
    expect(signed.json()).toEqual({ out, format: 'csv', rows: 2, signature: `${out}.jws` });
    expect(readFileSync(`${out}.jws`, 'utf8').split('.')).toHaveLength(3);
  });

  it('never has a secret in it', async () => {
    const { run, tokens } = await withKeys();
    for (const format of ['csv', 'json', 'ndjson']) {
      const { out } = await run(['export', 'inventory', '--format', format]);
      for (const token of tokens) {
        expect(out).toContain(token.slice(0, 20));
        expect(out).not.toContain(token.slice(-49, -10));
      }
    }
  });
});
