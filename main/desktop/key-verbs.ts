import { clipboard } from 'electron';
import type { Request } from '../../preload/contract.ts';
import { createKey } from '../keys/create-key.ts';
import { editKey } from '../keys/edit-key.ts';
import { findKey } from '../keys/find-key.ts';
import type { Key } from '../keys/key.ts';
import type { KeyFilter } from '../keys/key-query.ts';
import { requireKey, requireService } from '../keys/look-up.ts';
import { markSaved } from '../keys/mark-saved.ts';
import type { Reader } from '../keys/ports.ts';
import { removeKey } from '../keys/remove-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { renewSecret } from '../keys/renew-secret.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { toReveal } from './reveal-verbs.ts';
import { toCredentialView, toHistoryEntry, toKeyView, toMatchView } from './views.ts';

type KeyChannel = Extract<keyof Handlers, `keys:${string}`>;

/** Entries of a key's history that its panel shows. */
const HISTORY = 100;

export function keyVerbs({ sessions, clock, reveals, changed }: DesktopContext): Pick<Handlers, KeyChannel> {
  const view = (key: Key) => toKeyView(key, clock());
  return {
    'keys:page': ({ sort, offset, limit, ...filter }) =>
      sessions.require().store.snapshot(reader => ({
        keys: reader.keys({ ...toFilter(reader, filter), sort, offset, limit }, clock()).keys.map(view),
      })),
    'keys:count': filter =>
      sessions.require().store.snapshot(reader => reader.countKeys(toFilter(reader, filter), clock())),
    'keys:show': ({ key: reference }) =>
      sessions.require().store.snapshot(reader => {
        const key = requireKey(reader, reference);
        return {
          key: view(key),
          credentials: reader.credentials(key.ref).map(toCredentialView),
          history: reader.audit({ subject: key.id, limit: HISTORY }).map(toHistoryEntry),
        };
      }),
    'keys:find': ({ text }) =>
      findKey(sessions.require().ports, text).map(match => toMatchView(match, clock())),
    'keys:create': request => {
      const { ports, actor } = sessions.require();
      const reveal = reveals.open(createKey(ports, actor, request), 'created');
      return changed(toReveal(reveal, sessions.require().store, clock()));
    },
    'keys:new-secret': request => {
      const { ports, actor } = sessions.require();
      const reveal = reveals.open(renewSecret(ports, actor, request), 'new-secret');
      return changed(toReveal(reveal, sessions.require().store, clock()));
    },
    'keys:edit': request => {
      const { ports, actor } = sessions.require();
      return changed(view(editKey(ports, actor, request)));
    },
    'keys:rename': request => {
      const { ports, actor } = sessions.require();
      return changed(view(renameKey(ports, actor, request)));
    },
    'keys:revoke': request => {
      const { ports, actor } = sessions.require();
      return changed(view(revokeKey(ports, actor, request)));
    },
    'keys:remove': request => {
      const { ports, actor } = sessions.require();
      removeKey(ports, actor, request);
      return changed(null);
    },
    'keys:mark-saved': request => {
      const { ports, actor } = sessions.require();
      return changed(view(markSaved(ports, actor, request)));
    },
    'keys:copy-id': async ({ key }) => {
      await clipboard.writeText(requireKey(sessions.require().store, key).id);
      return null;
    },
  };
}

function toFilter(reader: Reader, { service, ...filter }: Request<'keys:count'>): KeyFilter {
  const { statuses, unsaved, text } = filter;
  return {
    ...(service !== undefined && { serviceRef: requireService(reader, service).ref }),
    ...(statuses !== undefined && { statuses }),
    ...(unsaved !== undefined && { unsaved }),
    ...(text !== undefined && { text }),
  };
}
