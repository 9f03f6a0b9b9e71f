import { existsSync } from 'node:fs';
import type { AppState, Request } from '../../preload/contract.ts';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import { requireRight } from '../keys/rights.ts';
import { databasePath } from '../store/data-folder.ts';
import { createInstallation } from '../trust/create-installation.ts';
import { openInstallation } from '../trust/open-installation.ts';
import type { InstallationPorts, Session } from '../trust/session.ts';
import { type AppPorts, type AppStep, stateOf, view } from './app-step.ts';

/** Where the app stands, from start to an open installation. Changes happen one after the other. */
export interface AppSession {
  state(): Promise<AppState>;
  retry(): Promise<AppState>;
  createInstallation(request: Request<'app:create-installation'>): Promise<AppState>;
  unlock(passphrase: string, operator?: string): Promise<AppState>;
  /** Whether an installation is open that a passphrase would open again. */
  lockable(): boolean;
  /**
   * From now on nothing is open for anybody, whatever it takes until it is closed; `lock` or `followGeneration` must
   * follow.
   */
  hold(): void;
  /** Drops the keys. @throws LOCK_STATE while the lock is off */
  lock(): Promise<AppState>;
  /** Opens anew what another process locked, or opened for others, meanwhile; otherwise does nothing. */
  followGeneration(): Promise<AppState>;
  /** Does work after which another session goes on. @throws LOCKED, and what the work throws */
  change(work: (session: Session, ports: InstallationPorts) => Promise<Session>): Promise<void>;
  /**
   * Closes what is open, does work that puts another state in its place, and opens what is there then. `hold` comes
   * before it.
   *
   * @throws LOCKED unless an owner works here or there is no installation yet, NOT_ALLOWED, and what the work throws
   */
  restore<T>(work: (ports: InstallationPorts) => Promise<T>): Promise<T>;
  /** The open installation. @throws LOCKED while there is none; STORE_* when it is no longer in its place */
  require(): Session;
  /** Refuses work in several steps once the installation is not the one any more that it began with. @throws LOCKED, STORE_* */
  requireSame(begun: Session): void;
  /** The open installation, or undefined while there is none. */
  current(): Session | undefined;
  /** Saves the audit head and closes the database. */
  close(): Promise<void>;
}

/** @param onState told where the app stands, whenever that may be news */
export function createAppSession(
  ports: AppPorts,
  onState: (state: AppState) => void = () => undefined,
): AppSession {
  const refusePassphrase = async (operator?: string): Promise<never> => {
    if (operator !== undefined)
      throw new KeysmithError('PASSPHRASE_REQUIRED', `The passphrase of ${operator} is needed.`);
    throw new KeysmithError('VAULT_PASSPHRASE_REQUIRED', 'The vault is behind a passphrase.');
  };
  /** Who worked here last, for the lock screen; forgotten with the process. */
  let last: string | null = null;
  /** Closes what is open, and looks what it takes to open it again. */
  const reopen = async (before: AppStep): Promise<AppStep> => {
    if (before.kind === 'ready') await putDown(before.session);
    return open();
  };
  /** A database that is no longer in its place is closed: what it says is not what the next start will find. */
  const closeDisplaced = async (before: AppStep): Promise<AppStep> => {
    const failure = before.kind === 'ready' && displacementOf(before.session);
    if (!failure) return before;
    await putDown(before.session);
    return { kind: 'failed', failure, lost: true };
  };

  const open = async (
    passphrase: InstallationPorts['passphrase'] = refusePassphrase,
    operator?: string,
  ): Promise<AppStep> => {
    try {
      const session = await openInstallation({ ...ports, passphrase, operator });
      last = session.actor.name;
      return { kind: 'ready', session };
    } catch (error) {
      return stateOf(error, ports, last);
    }
  };

  let current: Promise<AppStep> = open();
  const become = (next: (before: AppStep) => Promise<AppStep>): Promise<AppState> => {
    const before = current;
    const after = before.then(next);
    // What a step refuses leaves the state as it was, and reaches whoever asked for the step.
    current = after.catch(() => before);
    return after.then(state => view(state, ports.folder));
  };
  let session: Session | undefined;
  let held = false;
  const follow = async () => {
    const state = await current;
    session = state.kind === 'ready' && !held ? state.session : undefined;
    const seen = view(state, ports.folder);
    onState(seen);
    return seen;
  };
  const step = async (next: (before: AppStep) => Promise<AppStep>): Promise<AppState> => {
    const state = await become(next);
    await follow();
    return state;
  };

  /** The step at the end of which what is held may be open again. */
  const releasing = async (next: (before: AppStep) => Promise<AppStep>): Promise<AppState> => {
    try {
      return await become(next);
    } finally {
      held = false;
      await follow();
    }
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
    lockable: () => session?.lockEnabled ?? false,
    hold() {
      held = true;
      session = undefined;
    },
    lock: () =>
      releasing(async before => {
        if (before.kind !== 'ready') return before;
        if (!before.session.lockEnabled) {
          throw new KeysmithError(
            'LOCK_STATE',
            'The lock is off: there is no passphrase that would open Keysmith again. Switch it on in the settings.',
          );
        }
        return reopen(before);
      }),
    followGeneration: () =>
      releasing(async before =>
        before.kind === 'ready' && before.session.outlived ? reopen(before) : before,
      ),
    async change(work) {
      await step(async before => {
        if (before.kind !== 'ready') throw notOpen();
        const after = await work(before.session, { ...ports, passphrase: refusePassphrase });
        const ready: AppStep = { kind: 'ready', session: after };
        // Whoever removed themselves is not here any more.
        return isOperator(after) ? ready : reopen(ready);
      });
    },
    async restore<T>(work: (ports: InstallationPorts) => Promise<T>) {
      let ended: PromiseSettledResult<T> | undefined;
      await releasing(async before => {
        if (before.kind === 'ready') {
          requireRight(before.session.actor, 'installation.restore');
          await putDown(before.session);
        } else if (before.kind !== 'first-run') throw notOpen();
        [ended] = await Promise.allSettled([work({ ...ports, passphrase: refusePassphrase })]);
        // Whether it was replaced or not: the session from before is gone.
        return open();
      });
      if (ended?.status === 'fulfilled') return ended.value;
      throw ended?.reason;
    },
    require() {
      if (!session) throw notOpen();
      session.store.requireInPlace();
      return session;
    },
    requireSame(begun) {
      if (this.require() !== begun) throw notOpen();
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

/** How long a keychain may take to save the log's head before the session is dropped all the same, in milliseconds. */
const CLOSING_TIME = 2000;

/** SECURITY: the keys are gone when this returns, whatever the keychain does: a head that was not saved is only older. */
async function putDown(session: Session): Promise<void> {
  const tell = (why: unknown) =>
    process.stderr.write(`The audit head could not be saved: ${why instanceof Error ? why.message : why}\n`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(() => {
      tell('the keychain does not answer');
      resolve();
    }, CLOSING_TIME);
  });
  await Promise.race([session.close().catch(tell), late]);
  clearTimeout(timer);
  session.drop();
}

function isOperator({ store, actor }: Session): boolean {
  return store.operators().some(({ name, removed }) => name === actor.name && !removed);
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

function notOpen(): KeysmithError {
  return new KeysmithError('LOCKED', 'Keysmith has no open installation at the moment.');
}
