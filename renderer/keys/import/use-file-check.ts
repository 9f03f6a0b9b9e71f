import { useState } from 'react';
import type { CheckedFileView, ChosenFile } from '../../../preload/contract.ts';
import { call, type Problem } from '../../ui/call.ts';
import { useAppEvent } from '../../ui/use-app-event.ts';
import { useWork } from '../../ui/use-work.ts';

export interface FileCheck {
  /** The file that was chosen last; null: none yet. */
  readonly file: ChosenFile | null;
  /** What its check said, and of which service; null until it is done. */
  readonly checked: { readonly service: string; readonly view: CheckedFileView } | null;
  readonly working: boolean;
  /** How much of the file is read, in bytes; null while nothing is. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly problem: Problem | null;
  /** Asks which file, and checks it. `then` is called when it was. */
  readonly choose: (service: string, then: () => void) => void;
  /** Reads the same file again: it was mended, or is for another service. */
  readonly again: (service: string, then: () => void) => void;
  readonly cancel: () => void;
  readonly forget: () => void;
}

/** A file of keys, chosen in main's dialog and checked there: the page knows its name, and no path. */
export function useFileCheck(): FileCheck {
  const { working, problem, run, clear } = useWork();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [checked, setChecked] = useState<FileCheck['checked']>(null);
  const [id, setId] = useState('');
  const [progress, setProgress] = useState<FileCheck['progress']>(null);
  useAppEvent('export-progress', ({ id: of, done, total }) => {
    if (of === id) setProgress({ done, total });
  });

  async function check({ handle }: ChosenFile, service: string, then: () => void) {
    const mine = crypto.randomUUID();
    setId(mine);
    setChecked(null);
    setProgress(null);
    const view = await call(window.keysmith.imports.check({ id: mine, handle, service }));
    setChecked({ service, view });
    then();
  }
  const isCancelled = ({ code }: Problem) => code === 'CANCELLED';

  return {
    file,
    checked,
    working,
    progress: working ? progress : null,
    problem,
    choose: (service, then) =>
      void run(async () => {
        const chosen = await call(window.keysmith.imports.choose());
        if (chosen === null) return;
        setFile(chosen);
        await check(chosen, service, then);
      }, isCancelled),
    again: (service, then) =>
      void run(async () => {
        if (file) await check(file, service, then);
      }, isCancelled),
    cancel: () => void window.keysmith.exports.cancel({ id }),
    forget() {
      clear();
      setFile(null);
      setChecked(null);
    },
  };
}
