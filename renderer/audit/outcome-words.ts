import type { AuditReportView, ExportedAuditView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

export function entriesWord(count: number): string {
  return count === 1 ? '1 entry' : `${formatCount(count)} entries`;
}

export function reportWords({ ok, entries, found }: AuditReportView): string {
  if (ok) return `The log holds: ${entriesWord(entries)}, and every seal is in place.`;
  return found === 1 ? '1 thing does not hold.' : `${formatCount(found)} things do not hold.`;
}

export function exportedWords({ entries, signature }: ExportedAuditView): string {
  return `${entriesWord(entries)} ${entries === 1 ? 'was' : 'were'} exported${signature === null ? '' : ' and signed'}.`;
}

export function verifyingWords(done: number, total: number): string {
  if (done === 0) return 'Checking the database file';
  return done < total ? `${formatCount(done)} of ${formatCount(total)} rows` : 'Comparing the lists';
}

export function exportingWords(done: number, total: number): string {
  return done < total
    ? `${formatCount(done)} of ${formatCount(total)} entries`
    : `${formatCount(total)} entries, putting the file in place`;
}
