import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFileImport } from '@tabler/icons-react';
import { shortcutText } from '../ui/shortcut.tsx';
import classes from './frame.module.css';

interface Props {
  readonly onCreate: () => void;
  /** Null while there is no service to issue keys for. */
  readonly onImport: (() => void) | null;
}

/** One key, or in the menu beside it many at once. */
export function CreateButtons({ onCreate, onImport }: Props) {
  const create = (
    <Button flex="none" onClick={onCreate} title={shortcutText('N')}>
      Create key
    </Button>
  );
  if (!onImport) return create;
  return (
    <Button.Group className={classes.create ?? ''}>
      {create}
      <Menu
        position="bottom-end"
        transitionProps={{ duration: 0 }}
        withInitialFocusPlaceholder={false}
        withinPortal
      >
        <Menu.Target>
          <ActionIcon
            variant="filled"
            size={30}
            className={classes.createMore ?? ''}
            aria-label="Issue many keys"
            title="Issue many keys"
          >
            <IconChevronDown size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item data-autofocus leftSection={<IconFileImport size={15} aria-hidden />} onClick={onImport}>
            Issue keys from a CSV…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
