import type { Invoke } from './contract.ts';
import type { EventName, Events } from './events.ts';

/** What the preload puts on `window.keysmith`. */
export interface Api {
  readonly app: {
    readonly state: Invoke<'app:state'>;
    readonly retry: Invoke<'app:retry'>;
    readonly about: Invoke<'app:about'>;
    readonly licences: Invoke<'app:licences'>;
    readonly createInstallation: Invoke<'app:create-installation'>;
    readonly unlock: Invoke<'app:unlock'>;
    readonly lock: Invoke<'app:lock'>;
  };
  readonly operators: {
    readonly list: Invoke<'operators:list'>;
    readonly add: Invoke<'operators:add'>;
    readonly edit: Invoke<'operators:edit'>;
    readonly remove: Invoke<'operators:remove'>;
    readonly changePassphrase: Invoke<'operators:change-passphrase'>;
    readonly strength: Invoke<'operators:strength'>;
  };
  readonly lock: {
    readonly on: Invoke<'lock:on'>;
    readonly off: Invoke<'lock:off'>;
  };
  readonly services: {
    readonly list: Invoke<'services:list'>;
    readonly show: Invoke<'services:show'>;
    readonly create: Invoke<'services:create'>;
    readonly edit: Invoke<'services:edit'>;
    readonly importCatalog: Invoke<'services:import-catalog'>;
  };
  readonly keys: {
    readonly page: Invoke<'keys:page'>;
    readonly count: Invoke<'keys:count'>;
    readonly facets: Invoke<'keys:facets'>;
    readonly attention: Invoke<'keys:attention'>;
    readonly ids: Invoke<'keys:ids'>;
    readonly show: Invoke<'keys:show'>;
    readonly find: Invoke<'keys:find'>;
    readonly create: Invoke<'keys:create'>;
    readonly edit: Invoke<'keys:edit'>;
    readonly rename: Invoke<'keys:rename'>;
    readonly revoke: Invoke<'keys:revoke'>;
    readonly remove: Invoke<'keys:remove'>;
    readonly markSaved: Invoke<'keys:mark-saved'>;
    readonly newSecret: Invoke<'keys:new-secret'>;
    readonly disable: Invoke<'keys:disable'>;
    readonly enable: Invoke<'keys:enable'>;
    readonly rotate: Invoke<'keys:rotate'>;
    readonly reissue: Invoke<'keys:reissue'>;
    readonly endGrace: Invoke<'keys:end-grace'>;
    readonly copyToken: Invoke<'keys:copy-token'>;
    readonly bulk: Invoke<'keys:bulk'>;
    readonly copyId: Invoke<'keys:copy-id'>;
  };
  readonly reveal: {
    readonly show: Invoke<'reveal:show'>;
    readonly copy: Invoke<'reveal:copy'>;
    readonly save: Invoke<'reveal:save'>;
    readonly confirm: Invoke<'reveal:confirm'>;
    readonly discard: Invoke<'reveal:discard'>;
    readonly current: Invoke<'reveal:current'>;
  };
  readonly signingKeys: {
    readonly list: Invoke<'signing-keys:list'>;
    readonly dependents: Invoke<'signing-keys:dependents'>;
    readonly rotate: Invoke<'signing-keys:rotate'>;
    readonly compromise: Invoke<'signing-keys:compromise'>;
    readonly retire: Invoke<'signing-keys:retire'>;
    readonly reissue: Invoke<'signing-keys:reissue'>;
    readonly trust: Invoke<'signing-keys:trust'>;
    readonly copyId: Invoke<'signing-keys:copy-id'>;
    readonly save: Invoke<'signing-keys:save'>;
  };
  readonly exports: {
    readonly inventory: Invoke<'exports:inventory'>;
    readonly bundle: Invoke<'exports:bundle'>;
    readonly cancel: Invoke<'exports:cancel'>;
    readonly show: Invoke<'exports:show'>;
  };
  readonly imports: {
    readonly template: Invoke<'imports:template'>;
    readonly choose: Invoke<'imports:choose'>;
    readonly check: Invoke<'imports:check'>;
    readonly copyMistakes: Invoke<'imports:copy-mistakes'>;
    readonly saveMistakes: Invoke<'imports:save-mistakes'>;
    readonly start: Invoke<'imports:start'>;
    readonly unfinished: Invoke<'imports:unfinished'>;
    readonly resume: Invoke<'imports:resume'>;
    readonly end: Invoke<'imports:end'>;
  };
  readonly bundles: {
    readonly list: Invoke<'bundles:list'>;
    readonly warnings: Invoke<'bundles:warnings'>;
  };
  readonly backups: {
    readonly last: Invoke<'backups:last'>;
    readonly create: Invoke<'backups:create'>;
    readonly restore: Invoke<'backups:restore'>;
  };
  readonly bench: {
    readonly open: Invoke<'bench:open'>;
    readonly ask: Invoke<'bench:ask'>;
  };
  readonly audit: {
    readonly overview: Invoke<'audit:overview'>;
    readonly page: Invoke<'audit:page'>;
    readonly verify: Invoke<'audit:verify'>;
    readonly export: Invoke<'audit:export'>;
  };
  readonly settings: {
    readonly layout: Invoke<'settings:layout'>;
    readonly keepLayout: Invoke<'settings:keep-layout'>;
    readonly preferences: Invoke<'settings:preferences'>;
    readonly keepPreferences: Invoke<'settings:keep-preferences'>;
    readonly chooseExportFolder: Invoke<'settings:choose-export-folder'>;
    readonly forgetExportFolder: Invoke<'settings:forget-export-folder'>;
    readonly notices: Invoke<'settings:notices'>;
    readonly dismiss: Invoke<'settings:dismiss'>;
  };
  readonly window: { readonly close: Invoke<'window:close'> };
  /** Calls `listener` at each event; the answer stops it. */
  readonly on: <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => () => void;
}

declare global {
  interface Window {
    readonly keysmith: Api;
  }
}
