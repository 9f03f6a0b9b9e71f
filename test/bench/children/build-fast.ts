import type { OpenStore } from '../../../main/store/create-store.ts';

/** While a data set is made, nothing has to survive a power cut: it would be made anew. */
export function buildFast({ connection: { db } }: OpenStore): void {
  db.pragma('synchronous = OFF');
  db.pragma('wal_autocheckpoint = 16000');
  db.pragma('cache_size = -500000');
}
