import type { KeyView } from '../../../preload/contract.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { keyMarks } from '../key-marks.ts';
import classes from './cells.module.css';

/** The status of a key with the gravest of what needs an admin, and how much more there is. */
export function StatusCell({ keyView }: { keyView: KeyView }) {
  const [first, ...others] = keyMarks(keyView, useNow());
  return (
    <>
      <StatusDot status={keyView.status} />
      {first && (
        <Tag tone={first.tone} title={`${first.word}: ${first.reason}`}>
          {first.word}
        </Tag>
      )}
      {others.length > 0 && (
        <span
          className={classes.more}
          title={others.map(({ word, reason }) => `${word}: ${reason}`).join('\n')}
        >
          +{others.length}
          <span className="unseen"> {others.map(({ word }) => word).join(', ')}</span>
        </span>
      )}
    </>
  );
}
