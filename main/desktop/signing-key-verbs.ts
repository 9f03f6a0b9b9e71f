import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { clipboard } from 'electron';
import type { SigningKeyView } from '../../preload/contract.ts';
import { writeReissued } from '../exchange/reissued-tokens.ts';
import { trustFile } from '../exchange/trust-file.ts';
import { compromiseSigningKey } from '../keys/compromise-signing-key.ts';
import { ensureSigningKey } from '../keys/ensure-signing-key.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { SignedBy } from '../keys/ports.ts';
import { tokenJwks } from '../keys/published-keys.ts';
import { reissueSigned, walkSigned } from '../keys/reissue-signed.ts';
import { requireSigningKey } from '../keys/require-signing-key.ts';
import { retireSigningKey } from '../keys/retire-signing-key.ts';
import { rotateSigningKey } from '../keys/rotate-signing-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { syncFolder, writeDurably } from '../store/durable-file.ts';
import type { Handlers } from './answer.ts';
import { askWhere, askWhereForSecret } from './ask-where.ts';
import type { DesktopContext } from './desktop-context.ts';

type SigningChannel = Extract<keyof Handlers, `signing-keys:${string}`>;

/** Dependent keys that a list in the window names. */
const NAMED = 1000;

export function signingKeyVerbs(context: DesktopContext): Pick<Handlers, SigningChannel> {
  const { sessions, clock, changed, counts } = context;
  // What was changed is told at once, whatever becomes of the thread that counts.
  const view = (key: SigningKey) =>
    toSigningKeyView(key, sessions.require().store.signedBy(key.ref, clock()));
  return {
    /** Of a million credentials, counting those that a key signed takes a while: another thread does. */
    'signing-keys:list': async () => {
      const session = sessions.require();
      const keys = session.store.signingKeys();
      const by = keys.map(({ ref }) => ref);
      const signed = await counts.ask(session, { kind: 'signed', by, now: clock() });
      return keys.map((key, nth) => toSigningKeyView(key, signed[nth] as SignedBy));
    },
    'signing-keys:dependents': ({ kid }) =>
      sessions.require().store.snapshot(reader => {
        const keys = [];
        const { ref } = requireSigningKey(reader, kid);
        for (const { id, name, service } of walkSigned(reader, ref, clock())) {
          if (keys.length === NAMED) break;
          keys.push({ id, name, service });
        }
        return keys;
      }),
    'signing-keys:rotate': async request => {
      const { ports, actor } = sessions.require();
      return changed(view(await rotateSigningKey(ports, actor, request)));
    },
    'signing-keys:compromise': async request => {
      const { ports, actor } = sessions.require();
      return changed(view(await compromiseSigningKey(ports, actor, request)));
    },
    'signing-keys:retire': request => {
      const { ports, actor } = sessions.require();
      return changed(view(retireSigningKey(ports, actor, request)));
    },
    'signing-keys:reissue': async ({ kid }) => {
      const path = await askWhereForSecret(context, {
        title: 'Save the new tokens to a file',
        name: 'reissued-tokens.ndjson',
        extension: 'ndjson',
      });
      if (path === null) return null;
      const { ports, actor } = sessions.require();
      // The dialog asked whether an existing file may go; it goes only once the tokens of the new one count.
      const draft = `${path}.new-${process.pid}`;
      const keep = (issued: Parameters<typeof writeReissued>[0]) =>
        writeDurably(draft, [writeReissued(issued)], { replace: true });
      const reissue = () => changed(reissueSigned(ports, actor, { kid, keep }));
      const { reissued, skipped } = withDraft(draft, path, reissue);
      return { reissued, skipped: skipped.length, path };
    },
    'signing-keys:trust': () => {
      const { ports, actor, store } = sessions.require();
      const had = store.activeSigningKey('trust') !== undefined;
      ensureSigningKey(ports, actor, 'trust');
      const { fingerprint } = trustFile(store);
      return had ? { fingerprint } : changed({ fingerprint });
    },
    'signing-keys:copy-id': async ({ kid }) => {
      await clipboard.writeText(requireSigningKey(sessions.require().store, kid).kid);
      return null;
    },
    'signing-keys:save': async ({ what }) => {
      const path = await askWhere(context, {
        title: what === 'trust' ? 'Save the trust file' : 'Save the public token keys',
        name: what === 'trust' ? 'trust.json' : 'jwks.json',
        extension: 'json',
      });
      if (path === null) return null;
      const { ports, actor, store } = sessions.require();
      if (what === 'trust') ensureSigningKey(ports, actor, 'trust');
      const text = what === 'trust' ? trustFile(store).text : `${JSON.stringify(tokenJwks(store))}\n`;
      writeDurably(path, [text], { replace: true });
      return changed({ path });
    },
  };
}

/** SECURITY: every member named; the private half stays in main, encrypted or not. */
function toSigningKeyView(key: SigningKey, { live, lastEnds, endless }: SignedBy): SigningKeyView {
  const { kid, purpose, alg, state, createdAt, createdBy, rotatedAt, endedAt, tampered } = key;
  return {
    kid,
    purpose,
    alg,
    state,
    createdAt,
    createdBy,
    rotatedAt,
    endedAt,
    live,
    lastEnds,
    endless,
    tampered,
  };
}

/**
 * Takes a draft away when the work that it belongs to failed, and else moves it into its place. Once the work is done
 * the draft is the only copy of what it holds: it stays where it is when it cannot be moved.
 *
 * @throws FILE_UNWRITABLE saying where the draft is, and whatever `work` throws
 */
function withDraft<T>(draft: string, path: string, work: () => T): T {
  let done: T;
  try {
    done = work();
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  if (!existsSync(draft)) return done;
  try {
    renameSync(draft, path);
    syncFolder(dirname(path));
  } catch (cause) {
    throw new KeysmithError(
      'FILE_UNWRITABLE',
      `The new tokens are valid and could not be moved to ${path} (${(cause as NodeJS.ErrnoException).code}). They are in ${draft}; move them yourself.`,
      { field: 'out', cause },
    );
  }
  return done;
}
