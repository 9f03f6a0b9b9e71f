import { Button, Menu } from '@mantine/core';
import { IconAdjustments, IconChevronDown, IconLock, IconPassword } from '@tabler/icons-react';
import { useRef } from 'react';
import type { AppState } from '../../preload/contract.ts';
import { Shortcut } from '../ui/shortcut.tsx';
import classes from './frame.module.css';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly onLock: () => void;
  readonly onChangePassphrase: () => void;
  readonly onSettings: () => void;
}

/** Who works here, and how they leave. */
export function OperatorMenu({ app, onLock, onChangePassphrase, onSettings }: Props) {
  const { operator, lockEnabled } = app;
  const button = useRef<HTMLButtonElement>(null);
  const chosen = (act: () => void) => () => {
    // Before a dialog opens, so that it knows where the focus came from.
    button.current?.focus();
    act();
  };
  return (
    <Menu
      position="bottom-end"
      width={230}
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      withinPortal
    >
      <Menu.Target>
        <Button
          ref={button}
          variant="subtle"
          color="gray"
          px={6}
          className={classes.operator ?? ''}
          title={`${operator.name}, ${operator.role}`}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          <span className="unseen">Operator: </span>
          <span className={classes.operatorName}>{operator.name}</span>
          <span className={classes.operatorRole}>&nbsp;· {operator.role}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          data-autofocus
          leftSection={<IconLock size={15} aria-hidden />}
          rightSection={<Shortcut letter="L" />}
          onClick={chosen(onLock)}
        >
          Lock now{!lockEnabled && '…'}
        </Menu.Item>
        {lockEnabled && (
          <Menu.Item
            leftSection={<IconPassword size={15} aria-hidden />}
            onClick={chosen(onChangePassphrase)}
          >
            Change my passphrase…
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconAdjustments size={15} aria-hidden />} onClick={onSettings}>
          Settings
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
