import type { OperatorView } from '../../preload/contract.ts';
import { addOperator } from '../trust/add-operator.ts';
import { changeOwnPassphrase } from '../trust/change-own-passphrase.ts';
import { editOperator, removeOperator } from '../trust/edit-operator.ts';
import { passphraseStrength } from '../trust/passphrase-strength.ts';
import type { Session } from '../trust/session.ts';
import { switchLockOff, switchLockOn } from '../trust/switch-lock.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type OperatorChannel = Extract<keyof Handlers, `operators:${string}` | `lock:${string}` | 'app:lock'>;

export function operatorVerbs({ sessions, changed, lock }: DesktopContext): Pick<Handlers, OperatorChannel> {
  const list = () => viewsOf(sessions.require());
  return {
    'app:lock': () => lock(),
    'operators:list': list,
    'operators:add': async request => {
      await sessions.change((session, ports) => addOperator(session, ports, request));
      return changed(list());
    },
    'operators:edit': async request => {
      await sessions.change((session, ports) => editOperator(session, ports, request));
      return changed(list());
    },
    'operators:remove': async request => {
      await sessions.change((session, ports) => removeOperator(session, ports, request));
      return changed(list());
    },
    'operators:change-passphrase': async request => {
      await sessions.change(async (session, ports) => {
        await changeOwnPassphrase(session, ports, request);
        return session;
      });
      return changed(null);
    },
    'operators:strength': ({ passphrase, name }) => {
      const { store } = sessions.require();
      return passphraseStrength(passphrase, [
        store.installation().name,
        ...(name === undefined ? [] : [name]),
      ]);
    },
    'lock:on': async ({ passphrase }) => {
      await sessions.change((session, ports) => switchLockOn(session, ports, passphrase));
      return changed(null);
    },
    'lock:off': async ({ passphrase }) => {
      await sessions.change((session, ports) => switchLockOff(session, ports, passphrase));
      return changed(null);
    },
  };
}

function viewsOf({ store, actor }: Session): readonly OperatorView[] {
  return store.operators().map(({ name, role, createdAt, removed, tampered }) => ({
    name,
    role,
    createdAt,
    removed,
    tampered,
    you: name === actor.name,
  }));
}
