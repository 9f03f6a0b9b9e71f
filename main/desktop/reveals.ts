import { randomUUID } from 'node:crypto';
import type { IssuedKey } from '../keys/create-key.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { KeyId } from '../keys/ids.ts';
import type { RevealWay } from '../keys/record-reveal.ts';

/** How long a secret waits to be saved, in milliseconds. */
export const REVEAL_TIME = 10 * 60 * 1000;

export type RevealCause = 'created' | 'new-secret' | 'rotated' | 'reissued';

/** A secret that was issued and not confirmed yet. */
export interface PendingReveal {
  readonly handle: string;
  readonly keyId: KeyId;
  readonly keyName: string;
  /** Which of the key's secrets it is. */
  readonly hint: string;
  readonly token: string;
  readonly cause: RevealCause;
  readonly expiresAt: number;
}

/**
 * Secrets between their issue and the moment someone confirms that they are kept.
 *
 * SECURITY: the token stays here, under a handle; what leaves is decided by each verb.
 */
export interface Reveals {
  open(issued: IssuedKey, cause: RevealCause): PendingReveal;
  /** @throws REVEAL_GONE */
  require(handle: string): PendingReveal;
  /** Does `work` the first time that this secret is handed out in this way, and once more after it failed. */
  once(handle: string, way: RevealWay, work: () => void): void;
  /** The newest one that still waits. */
  current(): PendingReveal | undefined;
  close(handle: string): void;
  clear(): void;
}

export interface RevealEvents {
  /** Told whenever the number of waiting secrets becomes or stops being zero. */
  readonly onShown: (shown: boolean) => void;
  readonly onExpired: (reveal: PendingReveal) => void;
}

export function createReveals({ onShown, onExpired }: RevealEvents): Reveals {
  interface Waiting extends PendingReveal {
    readonly timer: NodeJS.Timeout;
    /** How it was handed out so far. */
    readonly ways: Set<RevealWay>;
  }
  const pending = new Map<string, Waiting>();
  const close = (handle: string) => {
    const reveal = pending.get(handle);
    if (!reveal) return;
    clearTimeout(reveal.timer);
    pending.delete(handle);
    onShown(pending.size > 0);
  };
  return {
    open({ key, token }, cause) {
      const handle = randomUUID();
      const expire = () => {
        close(handle);
        onExpired(reveal);
      };
      const reveal = {
        handle,
        keyId: key.id,
        keyName: key.name,
        hint: key.hint,
        token,
        cause,
        expiresAt: Date.now() + REVEAL_TIME,
      };
      pending.set(handle, { ...reveal, timer: setTimeout(expire, REVEAL_TIME), ways: new Set() });
      onShown(true);
      return reveal;
    },
    require(handle) {
      const reveal = pending.get(handle);
      // Timers stand still while the machine sleeps; the clock does not.
      if (reveal && Date.now() < reveal.expiresAt) return reveal;
      throw new KeysmithError(
        'REVEAL_GONE',
        'This secret is no longer at hand. If nobody kept it, give the key a new one.',
      );
    },
    once(handle, way, work) {
      const ways = pending.get(handle)?.ways;
      if (ways?.has(way)) return;
      work();
      ways?.add(way);
    },
    current: () => [...pending.values()].at(-1),
    close,
    clear() {
      for (const handle of [...pending.keys()]) close(handle);
    },
  };
}
