import type { AppState } from '../../preload/contract.ts';
import { type Failure, KeysmithError } from '../keys/errors.ts';
import { prepareDataFolder } from '../store/data-folder.ts';
import { openClosed } from '../trust/closed-installation.ts';
import type { InstallationPorts, Session } from '../trust/session.ts';
import { closedOperators, unlockWait } from '../trust/unlock.ts';
import { TEMPLATE_VIEWS } from './views.ts';

/** What the app is given to open an installation; who asks for the passphrase is decided each time. */
export type AppPorts = Omit<InstallationPorts, 'passphrase' | 'operator'>;
/** Where the app stands, as main has it. */
export type AppStep =
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

/** What a failure to open means for the window. */
export async function stateOf(error: unknown, ports: AppPorts, last: string | null): Promise<AppStep> {
  if (!(error instanceof KeysmithError)) throw error;
  switch (error.code) {
    case 'STORE_MISSING':
      return firstRun(ports.folder, ports.keychain);
    case 'VAULT_PASSPHRASE_REQUIRED':
      return { kind: 'passphrase', installation: await installationName(ports), failure: null };
    case 'VAULT_PASSPHRASE_WRONG':
      return { kind: 'passphrase', installation: await installationName(ports), failure: error.toFailure() };
    // Nobody was asked yet.
    case 'PASSPHRASE_REQUIRED':
    case 'OPERATOR_REQUIRED':
      return { kind: 'locked', ...(await whoMayOpen(ports)), last, failure: null };
    case 'PASSPHRASE_WRONG':
    case 'UNLOCK_TOO_SOON':
    case 'OPERATOR_NOT_FOUND':
      return { kind: 'locked', ...(await whoMayOpen(ports)), last, failure: error.toFailure() };
    default:
      return { kind: 'failed', failure: error.toFailure() };
  }
}

/** A first run, unless the data folder could not take an installation anyway. */
async function firstRun(folder: string, keychain: AppPorts['keychain']): Promise<AppStep> {
  try {
    prepareDataFolder(folder);
  } catch (error) {
    if (error instanceof KeysmithError) return { kind: 'failed', failure: error.toFailure() };
    throw error;
  }
  return { kind: 'first-run', keychain: await keychainFailure(keychain) };
}

async function keychainFailure(keychain: AppPorts['keychain']): Promise<Failure | null> {
  try {
    await keychain.find('probe');
    return null;
  } catch (error) {
    if (error instanceof KeysmithError) return error.toFailure();
    throw error;
  }
}

async function installationName(ports: AppPorts): Promise<string> {
  const { db, installation } = await openClosed(ports);
  db.close();
  return installation.name;
}

async function whoMayOpen(ports: AppPorts) {
  const { db, installation } = await openClosed(ports);
  const now = ports.clock();
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

export function view(state: AppStep, folder: string): AppState {
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
