import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { clipboard, dialog } from 'electron';
import type { ImportEnd } from '../../preload/contract.ts';
import { createBackground } from '../exchange/background.ts';
import { requireFilePlace } from '../exchange/file-place.ts';
import { type CheckedImport, checkImportFile, endImportEarly, importKeys } from '../exchange/import-keys.ts';
import { importTemplate } from '../exchange/import-template.ts';
import { requireRecipient } from '../exchange/secrets-spool.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { KeyImport } from '../keys/key-import.ts';
import { mayManageKeys, requireRight } from '../keys/rights.ts';
import { writeDurably } from '../store/durable-file.ts';
import type { Session } from '../trust/session.ts';
import type { Handlers } from './answer.ts';
import { askWhere, askWhereForSecret } from './ask-where.ts';
import { createChosenFiles } from './chosen-files.ts';
import type { DesktopContext } from './desktop-context.ts';
import { mistakesText, toCheckedFileView, toUnfinishedImport } from './import-view.ts';

type ImportChannel = Extract<keyof Handlers, `imports:${string}`>;

interface Issue {
  readonly id: string;
  readonly checked: CheckedImport;
  readonly out: string;
  readonly recipient: string | null;
  readonly resume: boolean;
}

/** Issues keys from a file. A running one counts as an export: it is shown, cancelled and stopped as they are. */
export function importVerbs(context: DesktopContext): Pick<Handlers, ImportChannel> {
  const { sessions, exports, exported, changed } = context;
  const chosen = createChosenFiles();
  /** Where the files of unfinished imports were when they were last read. */
  const places = new Map<string, string>();
  /** The session of somebody who issues keys: nothing is asked of those who may not. */
  const require = () => {
    const session = sessions.require();
    requireRight(session.actor, 'key-import.begin');
    return session;
  };
  const check = (id: string, file: string, service: string) => {
    const session = require();
    const run = createBackground(context.worker, session.readAccess);
    return exports.run(id, watch => checkImportFile(session, run, { file, service }, watch));
  };
  const askWhich = async (title: string): Promise<string | null> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(context.window(), {
      title,
      properties: ['openFile'],
      filters: [{ name: 'CSV', extensions: ['csv', 'txt'] }],
    });
    return canceled ? null : (filePaths[0] ?? null);
  };
  const save = async (title: string, name: string, extension: string, text: () => string) => {
    const path = await askWhere(context, { title, name, extension });
    if (path === null) return null;
    // Whoever works here when the dialog closes.
    const content = text();
    // The dialog asked whether an existing file may go.
    requireFilePlace(path, true);
    writeDurably(path, [content], { replace: true });
    exported.add(path);
    return { path };
  };
  const checked = (handle: string) => chosen.checked(handle, require().actor.name);

  const issue = async ({ id, checked, resume, ...where }: Issue): Promise<ImportEnd> => {
    const session = require();
    const run = createBackground(context.worker, session.readAccess);
    const out = resolve(where.out);
    const ended = (issued: number): ImportEnd => {
      exported.add(out);
      const encrypted = where.recipient !== null;
      return { kind: 'issued', service: checked.service, path: out, encrypted, rows: checked.rows, issued };
    };
    const before = checked.unfinished?.done ?? 0;
    try {
      const request = { out, resume, ...(where.recipient !== null && { recipient: where.recipient }) };
      const { issued } = await exports.run(id, watch => importKeys(session, run, checked, request, watch));
      return changed(ended(issued));
    } catch (error) {
      if (!(error instanceof KeysmithError) || sessions.current() !== session) throw error;
      const record = recordOf(session, checked, out);
      if (!record) throw error;
      if (record.state === 'done') return changed(ended(record.done - before));
      places.set(record.id, checked.file);
      const failure = error.code === 'CANCELLED' ? null : error.toFailure();
      return changed({ kind: 'stopped', left: toUnfinishedImport(record), failure });
    }
  };

  return {
    'imports:template': async ({ service }) => {
      importTemplate(require().store, service);
      return save('Save a template CSV', `${service}-keys.csv`, 'csv', () =>
        importTemplate(require().store, service),
      );
    },
    'imports:choose': async () => {
      require();
      const path = await askWhich('Issue keys from a CSV');
      return path === null ? null : chosen.choose(path, require().actor.name);
    },
    'imports:check': async ({ id, handle, service }) => {
      const path = chosen.path(handle, require().actor.name);
      chosen.keepCheck(handle, undefined);
      const found = await check(id, path, service);
      chosen.keepCheck(handle, found);
      return toCheckedFileView(found);
    },
    'imports:copy-mistakes': async ({ handle }) => {
      await clipboard.writeText(mistakesText(checked(handle)));
      return null;
    },
    'imports:save-mistakes': async ({ handle }) => {
      const text = mistakesText(checked(handle));
      return save('Save the mistakes', `${stem(checked(handle).file)}-mistakes.txt`, 'txt', () => text);
    },
    'imports:start': async ({ id, handle, recipient }) => {
      const file = checked(handle);
      // What would be refused is refused before anybody chooses a place.
      if (recipient !== null) await requireRecipient(recipient);
      const extension = recipient === null ? 'csv' : 'age';
      const name = `${stem(file.file)}-secrets.csv${recipient === null ? '' : '.age'}`;
      const out = await askWhereForSecret(context, { title: 'Where the secrets go', name, extension });
      return out === null ? null : issue({ id, checked: checked(handle), out, recipient, resume: false });
    },
    'imports:unfinished': () => {
      const session = require();
      return unfinishedOf(session).map(toUnfinishedImport);
    },
    'imports:resume': async ({ id, import: asked }) => {
      const record = requireUnfinished(require(), asked);
      const { file, service, out, recipient } = record;
      const known = places.get(record.id);
      const path = known !== undefined && existsSync(known) ? known : await askWhich(`Where is ${file}?`);
      if (path === null) return null;
      const found = await check(id, path, service);
      if (found.unfinished?.id !== record.id) {
        throw new KeysmithError(
          'FILE_CHANGED',
          `${basename(path)} is not the file whose keys were being issued, or it was changed since. Nothing was issued; resume with ${file} as it was.`,
          { field: 'file' },
        );
      }
      places.set(record.id, path);
      return issue({ id, checked: found, out, recipient, resume: true });
    },
    'imports:end': async ({ id, import: asked }) => {
      const session = require();
      const { service, out } = requireUnfinished(session, asked);
      const run = createBackground(context.worker, session.readAccess);
      const ended = await exports.run(id, watch => endImportEarly(session, run, { service, out }, watch));
      exported.add(out);
      return changed({ path: out, ...ended });
    },
  };
}

const stem = (path: string) => basename(path, extname(path));

/** Those that whoever works here may go on with. */
function unfinishedOf({ store, actor }: Session): readonly KeyImport[] {
  const managers = new Map(store.services().map(({ slug, policy }) => [slug, policy.managed_by]));
  return store
    .keyImports()
    .filter(
      ({ state, tampered, service }) =>
        state !== 'done' && !tampered && mayManageKeys(actor.role, managers.get(service) ?? 'admin'),
    );
}

/** @throws IMPORT_NOT_FOUND */
function requireUnfinished(session: Session, id: string): KeyImport {
  const record = unfinishedOf(session).find(each => each.id === id);
  if (record) return record;
  throw new KeysmithError('IMPORT_NOT_FOUND', 'There is no such unfinished bulk issue. Nothing was changed.');
}

function recordOf(
  { store }: Session,
  { service, sha256 }: CheckedImport,
  out: string,
): KeyImport | undefined {
  return store
    .keyImports()
    .find(each => each.service === service && each.out === out && each.sha256.toString('hex') === sha256);
}
