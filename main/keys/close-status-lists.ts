import { addList } from './assign-status-index.ts';
import type { Seconds } from './ids.ts';
import type { Writer } from './ports.ts';
import type { Service } from './service.ts';

/**
 * Closes the status lists of a restored service and begins another one: places may have been given after the backup,
 * and none is ever given twice. Places that nobody has in the old lists read INVALID.
 *
 * @param number of the list to begin, higher than any the service ever had
 */
export function closeStatusLists(tx: Writer, service: Service, number: number, now: Seconds): void {
  for (const list of tx.statusLists(service.ref)) {
    const state = list.state === 'open' ? 'closed' : list.state;
    if (state === list.state && list.unassignedInvalid) continue;
    const stamp = tx.record({
      action: 'status-list.close',
      subject: { kind: 'status-list', id: list.uri, ref: list.ref },
      before: { state: list.state, unassigned_invalid: list.unassignedInvalid },
      after: { state, unassigned_invalid: true },
    });
    tx.updateStatusList({ ...list, state, unassignedInvalid: true }, stamp);
  }
  addList(tx, service, number, now);
}
