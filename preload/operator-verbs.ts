/** The part of the contract about who works here: operators, their passphrases, and the lock. */
import { z } from 'zod';
import { OPERATOR_ROLES } from '../main/keys/operator.ts';
import type { OperatorView, PassphraseStrength } from './operator-views.ts';
import { nothing, text } from './requests.ts';
import { verb } from './verb.ts';
import type { AppState } from './views.ts';

const passphrase = text.min(1);

export const OPERATOR_VERBS = {
  /** Drops the keys, what waits to be revealed, and a copied secret. Refused with LOCK_STATE while the lock is off. */
  'app:lock': verb<AppState>()(nothing),

  'operators:list': verb<readonly OperatorView[]>()(nothing),
  /** While the lock is off it needs the owner's own passphrase as well: it switches the lock on. */
  'operators:add': verb<readonly OperatorView[]>()(
    z.strictObject({
      name: text,
      role: z.enum(OPERATOR_ROLES),
      passphrase,
      ownPassphrase: passphrase.optional(),
    }),
  ),
  'operators:edit': verb<readonly OperatorView[]>()(
    z.strictObject({ name: text, role: z.enum(OPERATOR_ROLES) }),
  ),
  'operators:remove': verb<readonly OperatorView[]>()(z.strictObject({ name: text })),
  /** One's own. */
  'operators:change-passphrase': verb<null>()(z.strictObject({ passphrase, newPassphrase: passphrase })),
  /** How hard a passphrase that is being chosen is to guess. */
  'operators:strength': verb<PassphraseStrength>()(
    z.strictObject({ passphrase: text, name: text.optional() }),
  ),

  /** The passphrase is chosen now. */
  'lock:on': verb<null>()(z.strictObject({ passphrase })),
  /** Only for an owner who is the only operator. */
  'lock:off': verb<null>()(z.strictObject({ passphrase })),
} as const;
