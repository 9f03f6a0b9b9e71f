import type { Actor } from './operator.ts';
import type { Ports } from './ports.ts';
import { requireActiveKey } from './require-signing-key.ts';
import type { SigningKey, SigningPurpose } from './signing-key.ts';

/** The key that signs for a purpose; makes the first one. @throws TAMPERED, STORE_* */
export function ensureSigningKey(ports: Ports, actor: Actor, purpose: SigningPurpose): SigningKey {
  const active = ports.store.activeSigningKey(purpose);
  if (active && !active.tampered) return active;
  return ports.store.change(actor, ports.clock, (tx, now) =>
    requireActiveKey(tx, ports, actor, purpose, now),
  );
}
