import { Button, Popover, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BulkAction, KeyCount, ServiceView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import classes from './keys-page.module.css';
import { countChoices, isNarrowed, type ListView } from './list-view.ts';
import { SelectionTools } from './selection-tools.tsx';
import type { Selection } from './use-selection.ts';

interface Props {
  readonly view: ListView;
  /** Undefined until it is known. */
  readonly count: KeyCount | undefined;
  readonly selection: Selection;
  readonly services: readonly ServiceView[];
  /** The filter panel, where it has no place of its own. */
  readonly filter: ReactNode;
  readonly onClear: () => void;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onBulk: (action: BulkAction) => void;
  /** Exports the keys that are selected. */
  readonly onExport: () => void;
}

/** What stands above the table: how many keys there are, or what can be done with those that are selected. */
export function ListBar(props: Props) {
  const { view, count, selection, services, filter, onClear, onRequest, onBulk, onExport } = props;
  const choices = countChoices(view);
  const selected = selection.ids.size > 0 && `${formatCount(selection.ids.size)} selected`;
  const total = count && `${formatCount(count.keys, count.isMore)} ${count.keys === 1 ? 'key' : 'keys'}`;
  return (
    <div className={classes.bar}>
      <Text fw={600} size="sm" flex="none" role="status">
        {selected || total}
      </Text>
      {selection.ids.size > 0 ? (
        <SelectionTools
          selection={selection}
          service={view.service}
          services={services}
          onRequest={onRequest}
          onBulk={onBulk}
          onExport={onExport}
        />
      ) : (
        <>
          {isNarrowed(view) && (
            <Button variant="subtle" size="compact-xs" onClick={onClear}>
              Clear search and filters
            </Button>
          )}
          <span className={classes.space} />
        </>
      )}
      {filter !== null && (
        <Popover position="bottom-end" trapFocus withinPortal>
          <Popover.Target>
            <Button variant="default" flex="none" leftSection={<IconFilter size={14} aria-hidden />}>
              {choices === 0 ? 'Filter' : `Filter · ${choices}`}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Filter" className={classes.popover ?? ''}>
            {filter}
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
