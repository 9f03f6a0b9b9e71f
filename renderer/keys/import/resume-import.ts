import type { UnfinishedImport } from '../../../preload/contract.ts';
import { startImport } from './import-run.ts';

/** Goes on with a bulk issue that was begun; main asks for its file where it does not know where that is. */
export function resumeImport({ id, service, file }: UnfinishedImport): void {
  void startImport({ service, file, resumes: id }, run =>
    window.keysmith.imports.resume({ id: run, import: id }),
  );
}
