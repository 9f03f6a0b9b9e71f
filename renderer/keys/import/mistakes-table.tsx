import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ImportMistakeView } from '../../../preload/contract.ts';
import { formatCount } from '../../ui/dates.ts';
import classes from './import.module.css';

/** Rows of one page: a table of all thousand would be slow to lay out, and is read by nobody. */
const PAGE = 50;

/** The mistakes by line, a page at a time. */
export function MistakesTable({ mistakes }: { mistakes: readonly ImportMistakeView[] }) {
  const [first, setFirst] = useState(0);
  const shown = mistakes.slice(first, first + PAGE);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} aria-label="List of mistakes" tabIndex={0}>
        <table className={`${classes.table} ${classes.mistakes}`}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Column</th>
              <th scope="col">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, column, message }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line may have several mistakes, and none of them moves
              <tr key={first + index}>
                <td>{formatCount(line)}</td>
                <td className={classes.cut}>{column ?? <span className={classes.dim}>The row</span>}</td>
                <td className={classes.message}>{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {mistakes.length > PAGE && (
        <div className={classes.pager}>
          <Button
            variant="default"
            size="compact-xs"
            disabled={first === 0}
            onClick={() => setFirst(first - PAGE)}
          >
            Previous
          </Button>
          <span role="status">
            {formatCount(first + 1)} to {formatCount(first + shown.length)} of {formatCount(mistakes.length)}
          </span>
          <Button
            variant="default"
            size="compact-xs"
            disabled={first + PAGE >= mistakes.length}
            onClick={() => setFirst(first + PAGE)}
          >
            Next
          </Button>
        </div>
      )}
    </>
  );
}
