import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../ui/dates.ts';
import { useDelayed } from '../ui/use-delayed.ts';
import { useSpokenProgress } from '../ui/use-spoken-progress.ts';
import classes from './exchange.module.css';

interface Props {
  readonly progress: { readonly done: number; readonly total: number };
  readonly label?: string;
  readonly words?: (done: number, total: number) => string;
  /** Absent: it is cancelled by something else that is shown. */
  readonly onCancel?: () => void;
}

function keysWords(done: number, total: number): string {
  return done < total
    ? `${formatCount(done)} of ${formatCount(total)} keys`
    : `${formatCount(total)} keys, putting the files in place`;
}

/** How far an export is, in numbers and as a bar; what is over at once shows none. */
export function ExportProgress(props: Props) {
  const { progress, label = 'Export progress', words = keysWords, onCancel } = props;
  const { done, total } = progress;
  const [cancelling, setCancelling] = useState(false);
  const late = useDelayed(true);
  const said = words(done, total);
  useSpokenProgress(done, total, said);
  if (!late) return null;
  return (
    <>
      <div className={classes.progress}>
        <Progress size={6} value={total === 0 ? 0 : (done / total) * 100} aria-label={label} />
        <span className={classes.numbers}>{said}</span>
      </div>
      {onCancel && (
        <Button
          variant="default"
          flex="none"
          disabled={cancelling}
          onClick={() => {
            setCancelling(true);
            onCancel();
          }}
        >
          Cancel
        </Button>
      )}
    </>
  );
}
