import { List } from '@mantine/core';
import type { UnfinishedImport } from '../../../preload/contract.ts';
import { call } from '../../ui/call.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatCount } from '../../ui/dates.ts';
import { notify } from '../../ui/notify.ts';
import { useWork } from '../../ui/use-work.ts';
import { keysWords } from './import-words.ts';

interface Props {
  readonly unfinished: UnfinishedImport;
  readonly onClose: () => void;
}

/** Asks before a bulk issue is ended that could still be resumed. */
export function EndImportDialog({ unfinished, onClose }: Props) {
  const { id, file, out, done, rows, encrypted } = unfinished;
  const { working, problem, run } = useWork();

  function end() {
    void run(async () => {
      await call(window.keysmith.imports.end({ id: crypto.randomUUID(), import: id }));
      notify(`The bulk issue of ${file} is ended. Its secrets are in ${out}.`);
      onClose();
    });
  }

  return (
    <ConfirmDialog
      title={`End ${file} here?`}
      action="End here"
      working={working}
      problem={problem}
      onConfirm={end}
      onCancel={() => {
        if (!working) onClose();
      }}
    >
      <List size="sm" spacing={4} pr="xs">
        <List.Item>
          {formatCount(done)} of {keysWords(rows)} {done === 1 ? 'is' : 'are'} issued, and{' '}
          {done === 1 ? 'stays' : 'stay'}.
        </List.Item>
        <List.Item>
          {encrypted ? 'Their secrets are encrypted now, into' : 'Their secrets stay in'} {out}.
        </List.Item>
        <List.Item>
          The others are not issued, and it cannot be resumed. Issue them from a new file.
        </List.Item>
      </List>
    </ConfirmDialog>
  );
}
