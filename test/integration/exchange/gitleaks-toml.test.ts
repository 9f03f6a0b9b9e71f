import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gitleaksConfig } from '../../../main/exchange/gitleaks-config.ts';
import { newKeyId, type ServiceSlug } from '../../../main/keys/ids.ts';
import { newOpaqueToken } from '../../../main/keys/opaque-token.ts';
import { hasPythonModule, PYTHON } from '../../rig/python.ts';

const missing = hasPythonModule('tomllib') ? undefined : 'Python has no tomllib';

interface Rules {
  readonly extend: unknown;
  readonly rules: readonly { readonly id: string; readonly regex: string; readonly secretGroup: number }[];
}

const PARSE = 'import json, sys, tomllib; json.dump(tomllib.load(sys.stdin.buffer), sys.stdout)';

describe.skipIf(missing !== undefined)(`tomllib${missing ? ` (${missing})` : ''}`, () => {
  test('reads the rules for gitleaks, which then find a token', () => {
    const input = gitleaksConfig({ service: 'team-api' as ServiceSlug, prefix: 'team' });
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', PARSE], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    const { extend, rules } = JSON.parse(stdout) as Rules;
    expect(extend).toEqual({ useDefault: true });
    expect(rules.map(({ id }) => id)).toEqual([
      'keysmith-team-api-private-key',
      'keysmith-team-api-public-key',
    ]);
    for (const [nth, kind] of (['private', 'public'] as const).entries()) {
      const token = newOpaqueToken('team', kind, newKeyId(randomBytes), randomBytes);
      const { regex = '', secretGroup = 0 } = rules[nth] ?? {};
      expect(new RegExp(regex).exec(`KEY="${token}"`)?.[secretGroup]).toBe(token);
    }
  });
});
