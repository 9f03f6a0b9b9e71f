/** What one command answered. */
export interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface DemoStep {
  readonly title: string;
  readonly detail: string;
  readonly ok: boolean;
}

/** Where the demonstration keeps its files. */
export interface DemoPlace {
  /** Every byte of the data folder. */
  storedBytes(): Buffer;
  /** Where a file of this name is that leaves the machine. */
  path(name: string): string;
  write(name: string, text: string): void;
}

type Run = (argv: readonly string[], input?: string) => Promise<Answer>;
type Answered = Record<string, unknown> | readonly Record<string, unknown>[];

/** The main job, step by step. Each step runs commands, looks at what they printed, and says what it saw. */
export async function* demoStory(run: Run, place: DemoPlace): AsyncGenerator<DemoStep> {
  const ask = async (argv: readonly string[], input?: string) => {
    const answer = await run(argv, input);
    return { ...answer, json: parse(answer.out), error: parse(answer.err) };
  };
  const step = (title: string, ok: boolean, detail: string): DemoStep => ({ title, ok, detail });

  const init = await ask(['init', '--template', 'team-access-keys', '--service', 'team-api']);
  yield step(
    'Make an installation with a first service',
    init.exit === 0 && member(init.json, 'service') === 'team-api',
    `keysmith init → service ${member(init.json, 'service')}, vault ${member(init.json, 'vault')}`,
  );

  const service = await ask(['service', 'show', 'team-api']);
  const permissions = list(member(member(service.json, 'catalog'), 'permissions'));
  yield step(
    'The catalog says what a key may do',
    permissions.length > 0,
    `${permissions.length} permissions, the first: ${member(permissions[0], 'id')} – ${member(permissions[0], 'description')}`,
  );

  const created = await ask([
    'key',
    'create',
    '--service',
    'team-api',
    '--name',
    'nightly-sync',
    '--description',
    'Copies the inventory every night',
    '--permission',
    'computers:read',
    '--expires',
    'P6M',
  ]);
  const token = String(member(created.json, 'token'));
  const id = String(member(member(created.json, 'key'), 'id'));
  yield step(
    'Issue a key; its secret is shown this once',
    created.exit === 0 && /^team_sk_\w{16}_\w{49}$/.test(token),
    `${id} → ${token}`,
  );

  const secret = token.slice(-49, -6);
  yield step(
    'The secret is nowhere in the data folder',
    secret.length === 43 && !place.storedBytes().includes(secret),
    'only its SHA-256 digest and last four characters are kept',
  );

  const taken = await ask(['key', 'create', '--service', 'team-api', '--name', 'NIGHTLY-Sync']);
  yield step(
    'A name is unique whatever its case',
    taken.exit === 1 && code(taken.error) === 'NAME_TAKEN',
    sentence(taken.error),
  );

  const saved = await ask(['key', 'saved', id]);
  yield step(
    'Confirm that the secret was kept',
    saved.exit === 0 && typeof member(saved.json, 'saved_at') === 'number',
    `saved at ${member(saved.json, 'saved_at')}`,
  );

  const found = await ask(['key', 'find'], token);
  yield step(
    'A leaked secret is identified at once',
    member(list(found.json)[0], 'proven') === true && member(member(list(found.json)[0], 'key'), 'id') === id,
    `pasted token → ${member(member(list(found.json)[0], 'key'), 'name')}`,
  );

  const edited = await ask([
    'key',
    'edit',
    'team-api/nightly-sync',
    '--owner',
    'Operations',
    '--permission',
    'computers:read',
    '--permission',
    'groups:read',
  ]);
  yield step(
    'Change its owner and permissions',
    edited.exit === 0 && list(member(edited.json, 'permissions')).length === 2,
    `owner ${member(edited.json, 'owner')}, permissions ${list(member(edited.json, 'permissions')).join(' ')}`,
  );

  const renamed = await ask(['key', 'rename', id, 'inventory-sync']);
  yield step(
    'Rename it, as this service allows',
    member(renamed.json, 'name') === 'inventory-sync',
    `now team-api/${member(renamed.json, 'name')}`,
  );

  const past = await ask(['key', 'edit', id, '--expires', '2020-01-01']);
  yield step(
    'Bad input changes nothing',
    past.exit === 1 && code(past.error) === 'EXPIRY_IN_PAST',
    sentence(past.error),
  );

  const bundle = await ask(['export', 'bundle', '--service', 'team-api', '--out', place.path('bundle-1')]);
  yield step(
    'Export the bundle with which services verify keys offline',
    bundle.exit === 0 && member(bundle.json, 'sequence') === 1,
    `bundle ${member(bundle.json, 'sequence')}, ${member(member(bundle.json, 'counts'), 'valid')} valid secret`,
  );

  place.write('trust.json', (await ask(['signing-key', 'trust'])).out);
  const verify = (name: string) => {
    const files = ['--bundle', place.path(name), '--trust', place.path('trust.json')];
    return ask(['verify', ...files, '--state', place.path('state'), '--permission', 'groups:read'], token);
  };
  const accepted = await verify('bundle-1');
  yield step(
    'A service with that bundle lets the key in, without asking anybody',
    accepted.exit === 0 && member(accepted.json, 'valid') === true && member(accepted.json, 'key') === id,
    `valid, the key is ${member(accepted.json, 'key')}`,
  );

  const revoked = await ask(['key', 'revoke', id, '--reason', 'laptop lost']);
  yield step(
    'Revoke it for ever',
    member(revoked.json, 'status') === 'revoked',
    `status ${member(revoked.json, 'status')}: ${member(revoked.json, 'revoke_reason')}`,
  );

  const next = await ask(['export', 'bundle', '--service', 'team-api', '--out', place.path('bundle-2.zip')]);
  const refused = await verify('bundle-2.zip');
  yield step(
    'With the next bundle the service refuses it',
    next.exit === 0 && refused.exit === 1 && member(refused.json, 'reason') === 'revoked',
    `refused: ${member(refused.json, 'reason')}`,
  );

  const rolledBack = await verify('bundle-1');
  yield step(
    'Nobody can bring the older bundle back',
    rolledBack.exit === 3 && code(rolledBack.error) === 'BUNDLE_ROLLED_BACK',
    sentence(rolledBack.error),
  );

  const again = await ask(['key', 'edit', id, '--owner', 'Nobody']);
  yield step(
    'A revoked key cannot be changed',
    again.exit === 1 && code(again.error) === 'KEY_REVOKED',
    sentence(again.error),
  );

  const inventory = await ask(['export', 'inventory', '--format', 'json']);
  yield step(
    'The inventory lists it, without any secret',
    list(inventory.json).length === 1 && !inventory.out.includes(secret),
    `${list(inventory.json).length} key, status ${member(list(inventory.json)[0], 'status')}`,
  );

  const removed = await ask(['key', 'remove', id]);
  const left = await ask(['key', 'list']);
  yield step(
    'Remove it from the list',
    removed.exit === 0 && list(left.json).length === 0,
    `${list(left.json).length} keys left`,
  );

  const still = await ask(['key', 'find'], token);
  yield step(
    'Its secret is still known, and refused',
    member(member(list(still.json)[0], 'key'), 'status') === 'removed',
    `pasted token → ${member(member(list(still.json)[0], 'key'), 'status')}`,
  );

  const reused = await ask(['key', 'create', '--service', 'team-api', '--name', 'inventory-sync']);
  yield step(
    'Its name is free again',
    reused.exit === 0,
    `a new key ${member(member(reused.json, 'key'), 'id')} took it`,
  );

  const audit = await ask(['audit', 'verify']);
  yield step(
    'Every change is in the audit log, and the log holds',
    audit.exit === 0 && member(audit.json, 'ok') === true,
    `${member(audit.json, 'entries')} entries, every seal in place`,
  );
}

function parse(text: string): Answered {
  try {
    return JSON.parse(text) as Answered;
  } catch {
    return {};
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function code(error: Answered): unknown {
  return member(member(error, 'error'), 'code');
}

function sentence(error: Answered): string {
  return String(member(member(error, 'error'), 'message'));
}
