import { clipboard } from 'electron';
import type { Reveal } from '../../preload/contract.ts';
import { credentialNow } from '../keys/credential-now.ts';
import { type ErrorCode, KeysmithError } from '../keys/errors.ts';
import type { Seconds } from '../keys/ids.ts';
import { requireKey } from '../keys/look-up.ts';
import { markSaved } from '../keys/mark-saved.ts';
import type { Reader } from '../keys/ports.ts';
import { type RevealWay, recordReveal } from '../keys/record-reveal.ts';
import { writeDurably } from '../store/durable-file.ts';
import type { Handlers } from './answer.ts';
import { askWhereForSecret } from './ask-where.ts';
import type { DesktopContext } from './desktop-context.ts';
import { keyViewer } from './key-view.ts';
import type { PendingReveal } from './reveals.ts';

type RevealChannel = Extract<keyof Handlers, `reveal:${string}`>;

const KEY_ENDED: ReadonlySet<ErrorCode> = new Set(['KEY_NOT_FOUND', 'KEY_REVOKED']);

/** What the window learns of a waiting secret: everything but the secret. */
export function toReveal(
  { handle, keyId, token, cause, expiresAt }: PendingReveal,
  reader: Reader,
  now: Seconds,
): Reveal {
  const key = requireKey(reader, keyId);
  const previous = reader.credentials(key.ref).map(credential => credentialNow(reader, credential, now));
  const graceUntil = previous.find(({ state }) => state === 'previous')?.graceUntil ?? null;
  return { handle, key: keyViewer(reader, now)(key), length: token.length, cause, graceUntil, expiresAt };
}

export function revealVerbs(context: DesktopContext): Pick<Handlers, RevealChannel> {
  const { sessions, clock, reveals, changed } = context;
  /** SECURITY: the only way to a secret. It is written down who was handed it before it is. */
  const handOut = (handle: string, how: RevealWay): string => {
    const { ports, actor } = sessions.require();
    const { keyId, token } = reveals.require(handle);
    reveals.once(handle, how, () => {
      changed(recordReveal(ports, actor, { key: keyId, how }));
    });
    return token;
  };
  return {
    // SECURITY: the one verb by which a secret reaches the page, and only when *Show* was pressed.
    'reveal:show': ({ handle }) => ({ token: handOut(handle, 'shown') }),
    'reveal:copy': async ({ handle, what }) => {
      const { keyId, keyName } = reveals.require(handle);
      if (what === 'token') return { clearsAt: await context.clipboard.copy(handOut(handle, 'copied')) };
      await clipboard.writeText(what === 'name' ? keyName : keyId);
      return { clearsAt: null };
    },
    'reveal:save': async ({ handle }) => {
      const { keyName } = reveals.require(handle);
      const filePath = await askWhereForSecret(context, {
        title: 'Save the secret to a file',
        name: `${fileName(keyName)}.txt`,
        extension: 'txt',
      });
      if (filePath === null) return null;
      // The dialog asked whether an existing file may go.
      writeDurably(filePath, [`${handOut(handle, 'saved')}\n`], { replace: true });
      return { path: filePath };
    },
    'reveal:confirm': ({ handle }) => {
      const { keyId, hint } = reveals.require(handle);
      const { ports, actor } = sessions.require();
      try {
        const key = markSaved(ports, actor, { key: keyId, hint });
        reveals.close(handle);
        return changed(keyViewer(sessions.require().store, clock())(key));
      } catch (error) {
        // Removed or revoked meanwhile: there is nothing left that could be saved.
        if (error instanceof KeysmithError && KEY_ENDED.has(error.code)) reveals.close(handle);
        throw error;
      }
    },
    'reveal:discard': ({ handle }) => {
      reveals.close(handle);
      return null;
    },
    'reveal:current': () => {
      const reveal = reveals.current();
      if (!reveal) return null;
      try {
        return toReveal(reveal, sessions.require().store, clock());
      } catch (error) {
        // The key was removed meanwhile: its secret opens nothing any more.
        if (!(error instanceof KeysmithError) || error.code !== 'KEY_NOT_FOUND') throw error;
        reveals.close(reveal.handle);
        return null;
      }
    },
  };
}

/** A key's name as a file name on every system. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'key';
}
