import type { Ref } from './ids.ts';
import type { Writer } from './ports.ts';
import type { SigningPurpose } from './signing-key.ts';
import type { StatusList } from './status-list.ts';

/**
 * A writer for many keys of one transaction: what every key asks for is read, and its seal checked, once; whatever is
 * written of it is read again. Places in status lists count as taken as soon as they were found free.
 */
export function batchView(tx: Writer): Writer {
  let installation: ReturnType<Writer['installation']> | undefined;
  const signingKeys = new Map<SigningPurpose, ReturnType<Writer['activeSigningKey']>>();
  const lists = new Map<Ref, readonly StatusList[]>();
  const given = new Set<string>();
  const forgetting =
    <A extends unknown[], T>(write: (...args: A) => T) =>
    (...args: A): T => {
      signingKeys.clear();
      lists.clear();
      return write(...args);
    };
  return {
    ...tx,
    installation() {
      installation ??= tx.installation();
      return installation;
    },
    activeSigningKey(purpose) {
      const key = signingKeys.get(purpose) ?? tx.activeSigningKey(purpose);
      if (key) signingKeys.set(purpose, key);
      return key;
    },
    statusLists(serviceRef) {
      const found = lists.get(serviceRef) ?? tx.statusLists(serviceRef);
      lists.set(serviceRef, found);
      return found;
    },
    statusIndexTaken(list, index) {
      const place = `${list}/${index}`;
      if (given.has(place) || tx.statusIndexTaken(list, index)) return true;
      given.add(place);
      return false;
    },
    addSigningKey: forgetting(tx.addSigningKey),
    updateSigningKey: forgetting(tx.updateSigningKey),
    addStatusList: forgetting(tx.addStatusList),
    updateStatusList: forgetting(tx.updateStatusList),
  };
}
