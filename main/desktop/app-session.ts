import { existsSync } from 'node:fs';
import type { AppState, Request } from '../../preload/contract.ts';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import { databasePath, prepareDataFolder } from '../store/data-folder.ts';
import { openClosed } from '../trust/closed-installation.ts';
import { createInstallation } from '../trust/create-installation.ts';
import { openInstallation } from '../trust/open-installation.ts';
import { type InstallationPorts, type Session, saveHead } from '../trust/session.ts';
import { closedOperators, unlockWait } from '../trust/unlock.ts';
import { TEMPLATE_VIEWS } from './views.ts';

type Ports = Omit<InstallationPorts, 'passphrase' | 'operator'>;
type State =
  | { readonly kind: 'first-run'; readonly keychain: Failure | null }
  | { readonly kind: 'passphrase'; readonly installation: string; readonly failure: Failure | null }
  | {
      readonly kind: 'locked';
      readonly installation: string;
      readonly operators: Extract<AppState, { kind: 'locked' }>['operators'];
      readonly last: string | null;
      readonly failure: Failure | null;
    }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** True when it was open before: an empty place is then no first run. */
      readonly lost?: true;
    }
  | { readonly kind: 'ready'; readonly session: Session };

/** Where the app stands, from start to an open installation. Changes happen one after the other. */
export interface AppSession {
  state(): Promise<AppState>;
  retry(): Promise<AppState>;
  createInstallation(request: Request<'app:create-installation'>): Promise<AppState>;
  unlock(passphrase: string, operator?: string): Promise<AppState>;
  /** Whether an installation is open that a passphrase would open again. */
  lockable(): boolean;
  /** Drops the keys. @throws LOCK_STATE while the lock is off */
  lock(): Promise<AppState>;
  /** Opens anew what another process locked, or opened for others, meanwhile; otherwise does nothing. */
  followGeneration(): Promise<AppState>;
  /** Does work after which another session goes on. @throws LOCKED, and what the work throws */
  change(work: (session: Session, ports: InstallationPorts) => Promise<Session>): Promise<void>;
  /** The open installation. @throws LOCKED while there is none; STORE_* when it is no longer in its place */
  require(): Session;
  /** The open installation, or undefined while there is none. */
  current(): Session | undefined;
  /** Saves the audit head and closes the database. */
  close(): Promise<void>;
}

/** @param onState told where the app stands, whenever that may be news */
export function createAppSession(
  ports: Ports,
  onState: (state: AppState) => void = () => undefined,
): AppSession {
  const refusePassphrase = async (operator?: string): Promise<never> => {
    if (operator !== undefined)
      throw new KeysmithError('PASSPHRASE_REQUIRED', `The passphrase of ${operator} is needed.`);
    throw new KeysmithError('VAULT_PASSPHRASE_REQUIRED', 'The vault is behind a passphrase.');
  };
  /** Who worked here last, for the lock screen; forgotten with the process. */
  let last: string | null = null;
  const closeSession = async (session: Session): Promise<void> => {
    try {
      await session.close();
    } catch (error) {
      // SECURITY: the keys are gone by now, and locking never fails: a head that was not saved is only older.
      process.stderr.write(
        `The audit head could not be saved: ${error instanceof Error ? error.message : error}\n`,
      );
    }
  };
  /** Closes what is open, and looks what it takes to open it again. */
  const reopen = async (before: State): Promise<State> => {
    if (before.kind === 'ready') await closeSession(before.session);
    return open();
  };
  /** A database that is no longer in its place is closed: what it says is not what the next start will find. */
  const closeDisplaced = async (before: State): Promise<State> => {
    const failure = before.kind === 'ready' && displacementOf(before.session);
    if (!failure) return before;
    await closeSession(before.session);
    return { kind: 'failed', failure, lost: true };
  };

  const open = async (
    passphrase: InstallationPorts['passphrase'] = refusePassphrase,
    operator?: string,
  ): Promise<State> => {
    try {
      const session = await openInstallation({ ...ports, passphrase, operator });
      last = session.actor.name;
      return { kind: 'ready', session };
    } catch (error) {
      return stateOf(error, ports, last);
    }
  };

  let current: Promise<State> = open();
  const become = (next: (before: State) => Promise<State>): Promise<AppState> => {
    const before = current;
    const after = before.then(next);
    // What a step refuses leaves the state as it was, and reaches whoever asked for the step.
    current = after.catch(() => before);
    return after.then(state => view(state, ports.folder));
  };
  let session: Session | undefined;
  const follow = async () => {
    const state = await current;
    session = state.kind === 'ready' ? state.session : undefined;
    const seen = view(state, ports.folder);
    onState(seen);
    return seen;
  };
  const step = async (next: (before: State) => Promise<State>): Promise<AppState> => {
    const state = await become(next);
    await follow();
    return state;
  };

  return {
    state: () => step(closeDisplaced),
    retry: () =>
      step(async before => {
        if (before.kind === 'ready') return before;
        const isStillLost =
          before.kind === 'failed' && before.lost && !existsSync(databasePath(ports.folder));
        return isStillLost ? before : open();
      }),
    createInstallation: request =>
      step(async before => {
        if (before.kind !== 'first-run') return before;
        const passphrase = async () => request.passphrase ?? (await refusePassphrase());
        await createInstallation(
          { ...ports, passphrase },
          {
            name: request.name,
            vault: request.vault,
            service: {
              template: request.template,
              service: request.service?.slug,
              title: request.service?.title,
              prefix: request.service?.prefix,
            },
          },
        );
        return open(passphrase);
      }),
    unlock: (passphrase, operator) =>
      step(async before => (before.kind === 'ready' ? before : open(async () => passphrase, operator))),
    lockable: () => session !== undefined && hasLock(session),
    lock: () =>
      step(async before => {
        if (before.kind !== 'ready') return before;
        if (!hasLock(before.session)) {
          throw new KeysmithError(
            'LOCK_STATE',
            'The lock is off: there is no passphrase that would open Keysmith again. Switch it on in the settings.',
          );
        }
        return reopen(before);
      }),
    followGeneration: () =>
      step(async before => (before.kind === 'ready' && before.session.outlived ? reopen(before) : before)),
    async change(work) {
      await step(async before => {
        if (before.kind !== 'ready') throw notOpen();
        return {
          kind: 'ready',
          session: await work(before.session, { ...ports, passphrase: refusePassphrase }),
        };
      });
    },
    require() {
      if (!session) throw notOpen();
      session.store.requireInPlace();
      return session;
    },
    current: () => session,
    async close() {
      await current;
      const open = session;
      session = undefined;
      await open?.close();
    },
  };
}

function displacementOf({ store }: Session): Failure | undefined {
  try {
    store.requireInPlace();
    return undefined;
  } catch (error) {
    if (error instanceof KeysmithError) return error.toFailure();
    throw error;
  }
}

function hasLock({ store }: Session): boolean {
  try {
    return store.installation().lockEnabled;
  } catch {
    // SECURITY: a database that cannot be read does not keep anybody in; opening it again says what is wrong.
    return true;
  }
}

function notOpen(): KeysmithError {
  return new KeysmithError('LOCKED', 'Keysmith has no open installation at the moment.');
}

/** What a failure to open means for the window. */
async function stateOf(
  error: unknown,
  { folder, keychain, clock }: Ports,
  last: string | null,
): Promise<State> {
  if (!(error instanceof KeysmithError)) throw error;
  switch (error.code) {
    case 'STORE_MISSING':
      return firstRun(folder, keychain);
    case 'VAULT_PASSPHRASE_REQUIRED':
      return { kind: 'passphrase', installation: installationName(folder), failure: null };
    case 'VAULT_PASSPHRASE_WRONG':
      return { kind: 'passphrase', installation: installationName(folder), failure: error.toFailure() };
    // Nobody was asked yet.
    case 'PASSPHRASE_REQUIRED':
    case 'OPERATOR_REQUIRED':
      return { kind: 'locked', ...whoMayOpen(folder, clock()), last, failure: null };
    case 'PASSPHRASE_WRONG':
    case 'UNLOCK_TOO_SOON':
    case 'OPERATOR_NOT_FOUND':
      return { kind: 'locked', ...whoMayOpen(folder, clock()), last, failure: error.toFailure() };
    default:
      return { kind: 'failed', failure: error.toFailure() };
  }
}

/** A first run, unless the data folder could not take an installation anyway. */
async function firstRun(folder: string, keychain: Ports['keychain']): Promise<State> {
  try {
    prepareDataFolder(folder);
  } catch (error) {
    if (error instanceof KeysmithError) return { kind: 'failed', failure: error.toFailure() };
    throw error;
  }
  return { kind: 'first-run', keychain: await keychainFailure(keychain) };
}

async function keychainFailure(keychain: Ports['keychain']): Promise<Failure | null> {
  try {
    await keychain.find('probe');
    return null;
  } catch (error) {
    if (error instanceof KeysmithError) return error.toFailure();
    throw error;
  }
}

function installationName(folder: string): string {
  const { db, installation } = openClosed(folder);
  db.close();
  return installation.name;
}

function whoMayOpen(folder: string, now: Seconds) {
  const { db, installation } = openClosed(folder);
  try {
    const operators = closedOperators(db).map(operator => ({
      name: operator.name,
      wait: unlockWait(db, operator, now),
    }));
    return { installation: installation.name, operators };
  } finally {
    db.close();
  }
}

function view(state: State, folder: string): AppState {
  switch (state.kind) {
    case 'first-run':
      return { ...state, folder, templates: TEMPLATE_VIEWS };
    case 'passphrase':
    case 'locked':
      return state;
    case 'failed':
      return { ...state, folder };
    case 'ready': {
      const { store, actor, logShortened } = state.session;
      const { id, name, vault, lockEnabled } = store.installation();
      return {
        kind: 'ready',
        installation: { id, name, vault, folder },
        operator: { name: actor.name, role: actor.role },
        lockEnabled,
        templates: TEMPLATE_VIEWS,
        logShortened,
      };
    }
  }
}

/** Saves the audit head after changes, at most once a second; waits for the last one when it is stopped. */
export function headKeeper(sessions: AppSession, delay = 1000) {
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();
  const save = () => {
    timer = undefined;
    const session = sessions.current();
    if (!session) return;
    saving = saving
      .then(() => saveHead(session.store, session.savedHead))
      .catch(
        (error: unknown) =>
          void process.stderr.write(
            `The audit head could not be saved: ${error instanceof Error ? error.message : error}\n`,
          ),
      );
  };
  return {
    changed(): void {
      timer ??= setTimeout(save, delay);
    },
    async stop(): Promise<void> {
      clearTimeout(timer);
      await saving;
    },
  };
}
