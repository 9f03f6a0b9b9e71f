import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey } from '../../main/keys/create-key.ts';
import { createService } from '../../main/keys/create-service.ts';
import { disableKey } from '../../main/keys/disable-key.ts';
import { rotateKey } from '../../main/keys/rotate-key.ts';
import { rotateSigningKey } from '../../main/keys/rotate-signing-key.ts';
import { keysmith, openSession, type Place } from './keysmith.ts';
import { jsonOf } from './outcome.ts';

/** A command that changes something, on a key or other subject that no other of them needs. */
export interface ChangingCommand {
  readonly argv: readonly string[];
  readonly input?: string;
  /** True when it issues or extends: what a clock that is behind must not do. */
  readonly issues?: true;
}

/** Commands that change nothing. */
export const READING = [
  'service list',
  'service show',
  'key list',
  'key show',
  'key find',
  'signing-key list',
  'signing-key show',
  'signing-key jwks',
  'audit list',
  'audit verify',
  'export bundles',
  'vault status',
  'operator list',
];

const VIEWER = [{ role: 'global-viewer', accounts: null }];
/** Keys of `team-api` that have nothing special about them. */
const PLAIN = [
  ...['edited', 'extended', 'renamed', 'disabled now', 'revoked', 'removed', 'rotated', 'rotated to a file'],
  ...['in bulk', 'extended in bulk', 'revoked in bulk', 'removed in bulk'],
];

/**
 * Makes an installation behind the tests' passphrase, and says every command that changes something in it.
 *
 * @param out a folder for what is written elsewhere
 */
export async function everyChange(place: Place, out: string): Promise<readonly ChangingCommand[]> {
  jsonOf(await keysmith(place, 'init', '--json'));
  const session = await openSession(place);
  const { ports, actor } = session;
  createService(ports, actor, { service: 'support', template: 'public-private-keys' });
  createService(ports, actor, { service: 'sc', template: 'role-tokens' });
  const ids = new Map<string, string>();
  const issue = (service: string, name: string, more: object = {}) => {
    const { key } = createKey(ports, actor, { service, name, keep: () => undefined, ...more });
    ids.set(name, key.id);
    return key.id;
  };
  for (const name of PLAIN) issue('team-api', name, { expires: '30d' });
  issue('team-api', 'saved', { keep: undefined });
  for (const name of ['enabled', 'enabled in bulk'])
    disableKey(ports, actor, { key: issue('team-api', name) });
  rotateKey(ports, actor, { key: issue('team-api', 'in rotation'), grace: '7d', keep: () => undefined });
  issue('support', 'web', { kind: 'public', permissions: ['sessions:create'] });
  issue('sc', 'token', { roles: VIEWER });
  await rotateSigningKey(ports, actor, { purpose: 'token' });
  issue('sc', 'reissued', { roles: VIEWER });
  const [old] = session.store.signingKeys();
  await session.close();

  const catalog = join(out, 'catalog.json');
  writeFileSync(
    catalog,
    '{"permissions":[{"id":"a","title":"A","description":"","public_safe":false}],"roles":[],"accounts":[]}',
  );
  const team = (name: string) => `team-api/${name}`;
  const bulk = (action: string, name: string, ...more: string[]): ChangingCommand => ({
    argv: ['key', 'bulk', action, ...more],
    input: `${ids.get(name)}\n`,
    ...((action === 'enable' || action === 'extend') && { issues: true }),
  });
  const CREATE = ['key', 'create', '--service', 'team-api', '--name'];
  return [
    { argv: ['service', 'create', 'fresh'] },
    { argv: ['service', 'edit', 'team-api', '--title', 'Other'] },
    { argv: ['service', 'import', catalog, '--service', 'team-api', '--force'] },
    { argv: [...CREATE, 'new'], issues: true },
    { argv: [...CREATE, 'new in a file', '--out', join(out, 'new')], issues: true },
    { argv: ['key', 'edit', team('edited'), '--owner', 'Ann'] },
    { argv: ['key', 'edit', team('extended'), '--expires', '90d'], issues: true },
    { argv: ['key', 'rename', team('renamed'), 'another name'] },
    { argv: ['key', 'disable', team('disabled now')] },
    { argv: ['key', 'enable', team('enabled')], issues: true },
    { argv: ['key', 'rotate', team('rotated')], issues: true },
    { argv: ['key', 'rotate', team('rotated to a file'), '--out', join(out, 'rotated')], issues: true },
    { argv: ['key', 'reissue', 'sc/reissued', '--out', join(out, 'reissued')], issues: true },
    { argv: ['key', 'end-grace', team('in rotation')] },
    { argv: ['key', 'copy', 'support/web'] },
    { argv: ['key', 'saved', team('saved')] },
    { argv: ['key', 'revoke', team('revoked')] },
    { argv: ['key', 'remove', team('removed')] },
    bulk('disable', 'in bulk'),
    bulk('enable', 'enabled in bulk'),
    bulk('extend', 'extended in bulk', '--expires', '90d'),
    bulk('revoke', 'revoked in bulk'),
    bulk('remove', 'removed in bulk'),
    { argv: ['signing-key', 'rotate', '--purpose', 'token'] },
    { argv: ['signing-key', 'reissue', `${old?.kid}`, '--out', join(out, 'tokens')], issues: true },
    { argv: ['signing-key', 'compromise', `${old?.kid}`] },
    { argv: ['export', 'bundle', '--service', 'team-api', '--out', join(out, 'bundle')] },
    { argv: ['export', 'inventory', '--sign', '--out', join(out, 'keys.csv')] },
    { argv: ['audit', 'export', '--sign', '--out', join(out, 'log.csv')] },
    { argv: ['vault', 'move', '--to', 'keychain'] },
  ];
}
