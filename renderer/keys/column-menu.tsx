import { ActionIcon, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import classes from './key-table.module.css';
import type { KeyTableModel } from './use-key-table.ts';

interface Props {
  readonly table: KeyTableModel;
  /** False where all keys are of one service. */
  readonly offersService: boolean;
}

/** Shows and hides columns, and gives back the widths they had. */
export function ColumnMenu({ table, offersService }: Props) {
  return (
    <Menu position="bottom-end" closeOnItemClick={false} withInitialFocusPlaceholder={false} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label="Columns"
          className={classes.columns ?? ''}
        >
          <IconColumns3 size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {table
          .getAllLeafColumns()
          .filter(({ id }) => id !== 'name' && (offersService || id !== 'service'))
          .map((column, nth) => (
            <Menu.CheckboxItem
              key={column.id}
              data-autofocus={nth === 0 || undefined}
              checked={column.getIsVisible()}
              onChange={checked => column.toggleVisibility(checked)}
            >
              {String(column.columnDef.header)}
            </Menu.CheckboxItem>
          ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick onClick={() => table.resetColumnSizing(true)}>
          Reset widths
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
