import { Checkbox, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import {
  type Exported,
  INVENTORY_FORMATS,
  type InventoryFormat,
  KEY_FIELDS,
  type KeyField,
  type Request,
  type ServiceView,
} from '../../preload/contract.ts';
import { FIRST_SORT, toKeyFilter } from '../keys/list-view.ts';
import { useRights } from '../ui/use-rights.ts';
import classes from './exchange.module.css';
import { ExportAction } from './export-action.tsx';
import type { ExportPlace } from './export-place.ts';
import { InventoryColumns } from './inventory-columns.tsx';
import { InventoryKeys } from './inventory-keys.tsx';
import { InventoryResult, inventoryWords } from './inventory-result.tsx';
import { useExport } from './use-export.ts';

interface Props {
  readonly at: ExportPlace;
  readonly services: readonly ServiceView[];
  readonly onAt: (change: Partial<ExportPlace>) => void;
}

const FORMATS: Readonly<Record<InventoryFormat, string>> = {
  csv: 'A table for spreadsheets, with times as RFC 3339.',
  json: 'One array, with real lists and times in seconds.',
  ndjson: 'An object a line, for scripts that read many keys.',
};

/** Exports what keys exist, without any secret. */
export function InventoryTab({ at, services, onAt }: Props) {
  const formatId = useId();
  const [format, setFormat] = useState<InventoryFormat>('csv');
  const [columns, setColumns] = useState<readonly KeyField[]>(KEY_FIELDS);
  const [removed, setRemoved] = useState(false);
  const [bom, setBom] = useState(false);
  const [sign, setSign] = useState(false);
  const run = useExport<Exported>();
  const signs = useRights().may('inventory.sign');
  const { keys } = at;

  function start() {
    const request = {
      keys: toKeys(at),
      removed: removed && keys !== 'picked',
      format,
      columns: [...columns],
      bom: bom && format === 'csv',
      sign: sign && signs,
    };
    run.start(id => window.keysmith.exports.inventory({ id, ...request }), inventoryWords);
  }

  return (
    <div className={classes.columnsOfTab}>
      <div className={classes.card}>
        <InventoryKeys at={at} services={services} onChange={next => onAt({ keys: next })} />
        <InventoryColumns columns={columns} onChange={setColumns} />
      </div>
      <div className={classes.card}>
        <div>
          <div id={formatId} className={classes.legend}>
            Format
          </div>
          <SegmentedControl
            size="xs"
            aria-labelledby={formatId}
            data={INVENTORY_FORMATS.map(value => ({ value, label: value.toUpperCase() }))}
            value={format}
            onChange={next => setFormat(INVENTORY_FORMATS.find(each => each === next) ?? 'csv')}
          />
          <Text size="sm" c="dimmed" mt={4}>
            {FORMATS[format]}
          </Text>
        </div>
        <Stack gap={10}>
          <Checkbox
            label="With removed keys"
            description="They follow the others, whatever the list was narrowed to."
            disabled={keys === 'picked'}
            checked={removed && keys !== 'picked'}
            onChange={event => setRemoved(event.currentTarget.checked)}
          />
          <Checkbox
            label="Byte order mark"
            description="Some spreadsheets read names beyond ASCII wrongly without it. CSV only."
            disabled={format !== 'csv'}
            checked={bom && format === 'csv'}
            onChange={event => setBom(event.currentTarget.checked)}
          />
          {signs && (
            <Checkbox
              label="Signed"
              description="A second file, ending in .jws, proves to whoever has trust.json that the inventory is from here and unchanged."
              checked={sign}
              onChange={event => setSign(event.currentTarget.checked)}
            />
          )}
        </Stack>
        <ExportAction
          run={run}
          wrong={columns.length === 0 ? 'Choose at least one column.' : null}
          onStart={start}
        />
        {run.end?.kind === 'written' && <InventoryResult done={run.end.what} />}
      </div>
    </div>
  );
}

function toKeys({ keys, listed, picked }: ExportPlace): Request<'exports:inventory'>['keys'] {
  switch (keys) {
    case 'picked':
      return { kind: 'picked', ids: [...picked] };
    case 'listed':
      return { kind: 'matching', filter: toKeyFilter(listed), sort: listed.sort };
    case 'all':
      return { kind: 'matching', filter: {}, sort: FIRST_SORT };
  }
}
