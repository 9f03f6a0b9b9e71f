import type { ExportedAuditView } from '../../preload/contract.ts';
import { ShowInFolder } from '../exchange/show-in-folder.tsx';
import classes from './audit.module.css';
import { exportedWords } from './outcome-words.ts';

/** What was written, and where. */
export function AuditExportResult({ done }: { done: ExportedAuditView }) {
  const { path, signature } = done;
  return (
    <div className={classes.exported}>
      <div className={classes.words}>
        <strong>{exportedWords(done)}</strong>
        <div className={classes.path}>{path}</div>
        {signature !== null && <div className={classes.path}>{signature}</div>}
      </div>
      <ShowInFolder path={path} />
    </div>
  );
}
