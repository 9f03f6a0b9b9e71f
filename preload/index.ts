import { contextBridge, ipcRenderer } from 'electron';
import type { Api } from './api.ts';
import type { Channel, EventName, Events, Invoke } from './contract.ts';

/** SECURITY: the renderer gets these named verbs and nothing of ipcRenderer itself. */
function invoke<C extends Channel>(channel: C): Invoke<C> {
  return ((request?: unknown) => ipcRenderer.invoke(channel, request)) as Invoke<C>;
}

const api = {
  app: {
    state: invoke('app:state'),
    retry: invoke('app:retry'),
    about: invoke('app:about'),
    licences: invoke('app:licences'),
    createInstallation: invoke('app:create-installation'),
    unlock: invoke('app:unlock'),
    lock: invoke('app:lock'),
  },
  operators: {
    list: invoke('operators:list'),
    add: invoke('operators:add'),
    edit: invoke('operators:edit'),
    remove: invoke('operators:remove'),
    changePassphrase: invoke('operators:change-passphrase'),
    strength: invoke('operators:strength'),
  },
  lock: { on: invoke('lock:on'), off: invoke('lock:off') },
  services: {
    list: invoke('services:list'),
    show: invoke('services:show'),
    create: invoke('services:create'),
    edit: invoke('services:edit'),
    importCatalog: invoke('services:import-catalog'),
  },
  keys: {
    page: invoke('keys:page'),
    count: invoke('keys:count'),
    facets: invoke('keys:facets'),
    attention: invoke('keys:attention'),
    ids: invoke('keys:ids'),
    show: invoke('keys:show'),
    find: invoke('keys:find'),
    create: invoke('keys:create'),
    edit: invoke('keys:edit'),
    rename: invoke('keys:rename'),
    revoke: invoke('keys:revoke'),
    remove: invoke('keys:remove'),
    markSaved: invoke('keys:mark-saved'),
    newSecret: invoke('keys:new-secret'),
    disable: invoke('keys:disable'),
    enable: invoke('keys:enable'),
    rotate: invoke('keys:rotate'),
    reissue: invoke('keys:reissue'),
    endGrace: invoke('keys:end-grace'),
    copyToken: invoke('keys:copy-token'),
    bulk: invoke('keys:bulk'),
    copyId: invoke('keys:copy-id'),
  },
  reveal: {
    show: invoke('reveal:show'),
    copy: invoke('reveal:copy'),
    save: invoke('reveal:save'),
    confirm: invoke('reveal:confirm'),
    discard: invoke('reveal:discard'),
    current: invoke('reveal:current'),
  },
  signingKeys: {
    list: invoke('signing-keys:list'),
    dependents: invoke('signing-keys:dependents'),
    rotate: invoke('signing-keys:rotate'),
    compromise: invoke('signing-keys:compromise'),
    retire: invoke('signing-keys:retire'),
    reissue: invoke('signing-keys:reissue'),
    trust: invoke('signing-keys:trust'),
    copyId: invoke('signing-keys:copy-id'),
    save: invoke('signing-keys:save'),
  },
  exports: {
    inventory: invoke('exports:inventory'),
    bundle: invoke('exports:bundle'),
    cancel: invoke('exports:cancel'),
    show: invoke('exports:show'),
  },
  imports: {
    template: invoke('imports:template'),
    choose: invoke('imports:choose'),
    check: invoke('imports:check'),
    copyMistakes: invoke('imports:copy-mistakes'),
    saveMistakes: invoke('imports:save-mistakes'),
    start: invoke('imports:start'),
    unfinished: invoke('imports:unfinished'),
    resume: invoke('imports:resume'),
    end: invoke('imports:end'),
  },
  bundles: { list: invoke('bundles:list'), warnings: invoke('bundles:warnings') },
  backups: {
    last: invoke('backups:last'),
    create: invoke('backups:create'),
    restore: invoke('backups:restore'),
  },
  bench: { open: invoke('bench:open'), ask: invoke('bench:ask') },
  audit: {
    overview: invoke('audit:overview'),
    page: invoke('audit:page'),
    verify: invoke('audit:verify'),
    export: invoke('audit:export'),
  },
  settings: {
    layout: invoke('settings:layout'),
    keepLayout: invoke('settings:keep-layout'),
    preferences: invoke('settings:preferences'),
    keepPreferences: invoke('settings:keep-preferences'),
    chooseExportFolder: invoke('settings:choose-export-folder'),
    forgetExportFolder: invoke('settings:forget-export-folder'),
    notices: invoke('settings:notices'),
    dismiss: invoke('settings:dismiss'),
  },
  window: { close: invoke('window:close') },
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void) {
    const forward = (_event: unknown, payload: Events[E]) => listener(payload);
    ipcRenderer.on(event, forward);
    return () => void ipcRenderer.removeListener(event, forward);
  },
} satisfies Api;

contextBridge.exposeInMainWorld('keysmith', api);
