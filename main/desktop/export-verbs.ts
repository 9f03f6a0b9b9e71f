import { shell } from 'electron';
import { createBackground } from '../exchange/background.ts';
import { exportBundle } from '../exchange/export-bundle.ts';
import { exportInventory } from '../exchange/export-inventory.ts';
import { KeysmithError } from '../keys/errors.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { requireService } from '../keys/look-up.ts';
import type { Handlers } from './answer.ts';
import { askWhere } from './ask-where.ts';
import { toBundleView } from './bundle-verbs.ts';
import type { DesktopContext } from './desktop-context.ts';

type ExportChannel = Extract<keyof Handlers, `exports:${string}`>;

export function exportVerbs(context: DesktopContext): Pick<Handlers, ExportChannel> {
  const { sessions, exports, exported, settings, changed } = context;
  return {
    'exports:inventory': async ({ id, keys, ...what }) => {
      const out = await askWhere(context, {
        title: 'Export the inventory',
        name: `keys.${what.format}`,
        extension: what.format,
      });
      if (out === null) return null;
      const session = sessions.require();
      const run = createBackground(context.worker, session.readAccess);
      const listed =
        keys.kind === 'picked'
          ? keys
          : ({ kind: 'matching', criteria: keys.filter, sort: keys.sort } as const);
      // The dialog asked whether an existing file may go.
      const request = { keys: listed, ...what, out, replace: true, besideWindow: true };
      const done = await exports.run(id, watch => exportInventory(session, run, request, watch));
      exported.add(done.out);
      const result = { path: done.out, rows: done.rows, signature: done.signature };
      return done.signature === null ? result : changed(result);
    },
    'exports:bundle': async ({ id, service, as, validFor }) => {
      const { store } = sessions.require();
      const { next } = store.snapshot(reader => lastBundle(reader, requireService(reader, service)));
      const name = `${service}-bundle-${next}`;
      const asked = await askWhere(context, {
        title: as === 'zip' ? 'Export the bundle to a file' : 'Export the bundle to a new folder',
        name: as === 'zip' ? `${name}.zip` : name,
        ...(as === 'zip' && { extension: 'zip' }),
      });
      if (asked === null) return null;
      const out = as === 'zip' && !asked.toLowerCase().endsWith('.zip') ? `${asked}.zip` : asked;
      const session = sessions.require();
      const run = createBackground(context.worker, session.readAccess);
      // The dialog asked about the name that was chosen, and about no other.
      const request = { service, out, validFor, replace: out === asked };
      const { bundle, counts, ...done } = await exports.run(id, watch =>
        exportBundle(session, run, request, watch),
      );
      exported.add(done.out);
      settings.keepBundlePath(service, done.out);
      return changed({ path: done.out, bundle: toBundleView(store, bundle), ...counts });
    },
    'exports:cancel': ({ id }) => {
      exports.cancel(id);
      return null;
    },
    'exports:show': ({ path }) => {
      sessions.require();
      // SECURITY: the page may point at what it exported, and at nothing else of the disk.
      if (!exported.has(path)) throw new KeysmithError('REQUEST_INVALID', 'Nothing was exported there.');
      shell.showItemInFolder(path);
      return null;
    },
  };
}
