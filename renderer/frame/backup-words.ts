import { formatDate } from '../ui/dates.ts';

/** What the banner says of backups. @param at when the last one was made; null: never */
export function backupWords(at: number | null): readonly [what: string, why: string] {
  return [
    at === null ? 'There is no backup yet.' : `The last backup was made on ${formatDate(at)}.`,
    'Should this machine be lost, every key would have to be issued anew.',
  ];
}
