import { randomUUID } from 'node:crypto';
import type { IssuedKey } from '../keys/create-key.ts';
import { KeysmithError } from '../keys/errors.ts';
import type { KeyId } from '../keys/ids.ts';

/** How long a secret waits to be saved, in milliseconds. */
export const REVEAL_TIME = 10 * 60 * 1000;

export type RevealCause = 'created' | 'new-secret' | 'rotated';

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
  const pending = new Map<string, PendingReveal & { readonly timer: NodeJS.Timeout }>();
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
      pending.set(handle, { ...reveal, timer: setTimeout(expire, REVEAL_TIME) });
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
    current: () => [...pending.values()].at(-1),
    close,
    clear() {
      for (const handle of [...pending.keys()]) close(handle);
    },
  };
}
