import { clipboard } from 'electron';
import { bulkChange } from '../keys/bulk-change.ts';
import { copyToken } from '../keys/copy-token.ts';
import { createKey, type IssuedKey } from '../keys/create-key.ts';
import { disableKey } from '../keys/disable-key.ts';
import { editKey } from '../keys/edit-key.ts';
import { enableKey } from '../keys/enable-key.ts';
import { endGrace } from '../keys/end-grace.ts';
import { findKey } from '../keys/find-key.ts';
import type { Key } from '../keys/key.ts';
import { isIntact, requireKey } from '../keys/look-up.ts';
import { markSaved } from '../keys/mark-saved.ts';
import { reissueKey } from '../keys/reissue-key.ts';
import { removeKey } from '../keys/remove-key.ts';
import { renameKey } from '../keys/rename-key.ts';
import { renewSecret } from '../keys/renew-secret.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import type { Session } from '../trust/session.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';
import { keyViewer } from './key-view.ts';
import type { ListChannel } from './list-verbs.ts';
import { toReveal } from './reveal-verbs.ts';
import type { RevealCause } from './reveals.ts';
import { toCredentialView, toHistoryEntry, toMatchView } from './views.ts';

type KeyChannel = Exclude<Extract<keyof Handlers, `keys:${string}`>, ListChannel>;

/** Entries of a key's history that its panel shows. */
const HISTORY = 100;

/** What is done with a key, or several. */
export function keyVerbs(context: DesktopContext): Pick<Handlers, KeyChannel> {
  const { sessions, clock, reveals, changed } = context;
  const view = (key: Key) => keyViewer(sessions.require().store, clock())(key);
  const reveal = (issue: (session: Session) => IssuedKey, cause: RevealCause) => {
    const session = sessions.require();
    const pending = reveals.open(issue(session), cause);
    return changed(toReveal(pending, session.store, clock()));
  };
  return {
    'keys:show': ({ key: reference }) =>
      sessions.require().store.snapshot(reader => {
        const key = requireKey(reader, reference);
        const credentials = reader.credentials(key.ref);
        return {
          key: view({ ...key, tampered: !isIntact(key, credentials) }),
          credentials: credentials.map(each => toCredentialView(reader, each, clock())),
          history: reader.audit({ subject: key.id, limit: HISTORY }).map(toHistoryEntry),
        };
      }),
    'keys:find': ({ text }) =>
      findKey(sessions.require().ports, text).map(match =>
        toMatchView(sessions.require().store, match, view, clock()),
      ),
    'keys:create': request => reveal(({ ports, actor }) => createKey(ports, actor, request), 'created'),
    'keys:new-secret': request =>
      reveal(({ ports, actor }) => renewSecret(ports, actor, request), 'new-secret'),
    'keys:rotate': request => reveal(({ ports, actor }) => rotateKey(ports, actor, request), 'rotated'),
    'keys:reissue': request => reveal(({ ports, actor }) => reissueKey(ports, actor, request), 'reissued'),
    'keys:end-grace': request => {
      const { ports, actor } = sessions.require();
      return changed(view(endGrace(ports, actor, request)));
    },
    'keys:edit': request => {
      const { ports, actor } = sessions.require();
      return changed(view(editKey(ports, actor, request)));
    },
    'keys:rename': request => {
      const { ports, actor } = sessions.require();
      return changed(view(renameKey(ports, actor, request)));
    },
    'keys:disable': request => {
      const { ports, actor } = sessions.require();
      return changed(view(disableKey(ports, actor, request)));
    },
    'keys:enable': request => {
      const { ports, actor } = sessions.require();
      return changed(view(enableKey(ports, actor, request)));
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
    'keys:bulk': request => {
      const { ports, actor } = sessions.require();
      return changed(bulkChange(ports, actor, request));
    },
    'keys:mark-saved': request => {
      const { ports, actor } = sessions.require();
      return changed(view(markSaved(ports, actor, request)));
    },
    'keys:copy-id': async ({ key }) => {
      await clipboard.writeText(requireKey(sessions.require().store, key).id);
      return null;
    },
    'keys:copy-token': async request => {
      const { ports, actor } = sessions.require();
      const token = copyToken(ports, actor, request);
      return changed({ clearsAt: await context.clipboard.copy(token) });
    },
  };
}
