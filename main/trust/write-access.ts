import type { Clock, Seconds } from '../keys/ids.ts';
import type { Actor } from '../keys/operator.ts';
import type { Ports } from '../keys/ports.ts';
import { createStore, type OpenStore } from '../store/create-store.ts';
import { forManyRows, openDatabase } from '../store/open-database.ts';
import { createSeals } from './derived-keys.ts';
import { pooledRandom } from './pooled-random.ts';
import type { ReadAccess, Session } from './session.ts';
import { createSigning } from './signing.ts';
import { createTokenCipher } from './token-cipher.ts';

/**
 * What a worker needs to issue keys in an operator's name, on a connection of its own.
 *
 * SECURITY: the keys that encrypt and sign go to the worker itself, which overwrites them when it ends; nothing by
 * which secrets could be wrapped for other operators goes with them.
 */
export interface WriteAccess extends ReadAccess {
  readonly tokens: Uint8Array<ArrayBuffer> | null;
  readonly signing: Uint8Array<ArrayBuffer> | null;
  /** Whose rights every change is checked against. */
  readonly operator: Actor;
  readonly generation: number;
  /** How far the session's clock is from this machine's; 0 outside tests. */
  readonly clockOffset: Seconds;
}

/** Copies of what is needed: they are handed over, and the session's own stay. */
export function writeAccess({ secrets, readAccess, actor, generation, ports }: Session): WriteAccess {
  const copy = (key: Buffer | null) => key && Uint8Array.from(key);
  const offset = ports.clock() - machineClock();
  return {
    ...readAccess,
    tokens: copy(secrets.tokens),
    signing: copy(secrets.signing),
    operator: { name: actor.name, role: actor.role },
    generation,
    // A second may pass between the two looks.
    clockOffset: Math.abs(offset) <= 1 ? 0 : offset,
  };
}

/** What is to be handed over whole, not copied: no second copy of a key stays behind. */
export function handedOver({ tokens, signing }: WriteAccess): ArrayBuffer[] {
  return [tokens, signing].flatMap(key => (key ? [key.buffer] : []));
}

const machineClock: Clock = () => Math.floor(Date.now() / 1000);

/** An installation that is open for writing beside the one that gave the access. */
export interface OpenForWriting {
  readonly store: OpenStore;
  readonly ports: Ports;
  readonly actor: Actor;
  /** Closes the database and overwrites the keys. */
  close(): void;
}

/** @throws STORE_* */
export function openForWriting(access: WriteAccess): OpenForWriting {
  const { tokens, signing } = access;
  const seals = createSeals(access.sealKeys);
  const forget = () => {
    seals.forget();
    tokens?.fill(0);
    signing?.fill(0);
  };
  try {
    const db = openDatabase(access.database);
    forManyRows(db);
    const store = createStore(db, seals, {
      generation: access.generation,
    });
    const bytes = (key: Uint8Array<ArrayBuffer> | null) => key && Buffer.from(key.buffer);
    const ports: Ports = {
      store,
      clock: () => machineClock() + access.clockOffset,
      random: pooledRandom(),
      tokens: createTokenCipher(bytes(tokens)),
      signing: createSigning(bytes(signing)),
    };
    return {
      store,
      ports,
      actor: access.operator,
      close() {
        store.close();
        forget();
      },
    };
  } catch (error) {
    forget();
    throw error;
  }
}
