import { IconDots } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import type { KeyView } from '../../preload/contract.ts';
import { Tick } from '../ui/tick.tsx';
import type { KeyRequest } from './key-request.ts';
import type { RowColumn } from './key-row.tsx';
import classes from './key-table.module.css';
import { RowActions } from './row-actions.tsx';

interface Props {
  readonly columns: readonly RowColumn[];
  readonly keyView: KeyView;
  readonly selected: boolean;
  /** True for the one row that Tab reaches. */
  readonly home: boolean;
  /** `range` is true when Shift was held. */
  readonly onTick: (range: boolean) => void;
  readonly onRequest: (request: KeyRequest) => void;
  readonly onMenu: (key: KeyView, at: { x: number; y: number }, origin: HTMLElement) => void;
}

/** What a row shows of its key, between a checkbox and what can be done with it. */
export function KeyCells(props: Props) {
  const { columns, keyView: key, selected, home, onTick, onRequest, onMenu } = props;
  const tabIndex = home ? 0 : -1;

  function openMenu(event: MouseEvent<HTMLElement>) {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    onMenu(key, { x: box.right - 190, y: box.bottom + 2 }, event.currentTarget);
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the checkbox in it has the focus */}
      <div role="gridcell" aria-colindex={1} className={classes.tick}>
        <Tick label={`Select ${key.name}`} checked={selected} tabIndex={tabIndex} onTick={onTick} />
      </div>
      {columns.map(({ id, style, cell }, nth) => (
        // biome-ignore lint/a11y/useSemanticElements: see the row
        // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus, not its cells
        <div key={id} role="gridcell" aria-colindex={nth + 2} className={classes.cell} style={style}>
          {cell(key)}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: see the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the button in it has the focus */}
      <div role="gridcell" aria-colindex={columns.length + 2} className={classes.actions}>
        {key.format === 'jwt' && <RowActions keyView={key} home={home} onRequest={onRequest} />}
        <button
          type="button"
          className={classes.menu}
          tabIndex={tabIndex}
          aria-label={`Actions for ${key.name}`}
          aria-haspopup="menu"
          onClick={openMenu}
        >
          <IconDots size={16} aria-hidden />
        </button>
      </div>
    </>
  );
}
