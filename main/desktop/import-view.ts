import { basename } from 'node:path';
import type { CheckedFileView, UnfinishedImport } from '../../preload/contract.ts';
import type { CheckedImport } from '../exchange/import-keys.ts';
import type { KeyImport } from '../keys/key-import.ts';

/** What the window may see of bulk issues: every member named, so that no key of a spool crosses by accident. */
export function toUnfinishedImport(record: KeyImport): UnfinishedImport {
  const { id, service, file, out, rows, done, recipient, startedAt, startedBy } = record;
  return { id, service, file, out, rows, done, encrypted: recipient !== null, startedAt, startedBy };
}

export function toCheckedFileView(checked: CheckedImport): CheckedFileView {
  const { rows, columns, mistakes, mistakeCount, preview, unfinished } = checked;
  return {
    rows,
    columns,
    mistakes,
    mistakeCount,
    preview,
    unfinished: unfinished && toUnfinishedImport(unfinished),
  };
}

/** The mistakes of a file as text, for whoever mends it elsewhere. */
export function mistakesText({ file, mistakes, mistakeCount }: CheckedImport): string {
  const head =
    mistakeCount > mistakes.length
      ? `${basename(file)}: ${mistakeCount} mistakes, of which the first ${mistakes.length} are listed.`
      : `${basename(file)}: ${mistakeCount} ${mistakeCount === 1 ? 'mistake' : 'mistakes'}.`;
  const lines = mistakes.map(
    ({ line, column, message }) => `Line ${line}${column === null ? '' : `, ${column}`}: ${message}`,
  );
  return `${[head, ...lines].join('\n')}\n`;
}
