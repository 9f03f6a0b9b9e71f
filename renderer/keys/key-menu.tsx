import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { KeyView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { useRights } from '../ui/use-rights.ts';
import { keyActions } from './key-actions.ts';
import classes from './key-menu.module.css';
import { keyQuery } from './key-queries.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { previousSecret } from './previous-secret.ts';

/** Which key's menu is open, where, and what gets the focus back. */
export interface OpenMenu {
  readonly key: KeyView;
  readonly at: { readonly x: number; readonly y: number };
  readonly origin: HTMLElement;
}

interface Props {
  readonly menu: OpenMenu;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onClose: () => void;
}

/** The menu of a row, opened by its three dots, a right click or the keyboard. */
export function KeyMenu({ menu: { key, at, origin }, onRequest, onClose }: Props) {
  const { data: service } = useQuery(serviceQuery(key.service));
  // Only a key that was rotated can have a secret in its grace period.
  const { data: detail, isLoading } = useQuery({ ...keyQuery(key.id), enabled: key.rotatedAt !== null });
  const circumstances = {
    renamable: service?.policy.renamable ?? false,
    managed: useRights().manages(key.service),
    inGrace: previousSecret(detail) !== null,
  };

  function close() {
    // Before a dialog opens, so that the dialog knows where the focus came from.
    origin.focus({ preventScroll: true });
    onClose();
  }

  return (
    <Menu
      // Not before all items are known: none may move under the pointer.
      opened={!isLoading}
      onClose={close}
      position="bottom-start"
      offset={0}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      // Without keydown: the key press that opened the menu would close it on its way up.
      clickOutsideEvents={['mousedown', 'touchstart']}
      transitionProps={{ duration: 0 }}
      width={190}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Menu of ${key.name}`}
          className={classes.anchor}
          style={{ left: at.x, top: at.y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {keyActions(key, circumstances).map((action, nth) => (
          <Fragment key={action.label}>
            {action.apart && <Menu.Divider />}
            <Menu.Item
              data-autofocus={nth === 0 || undefined}
              leftSection={<action.icon size={15} aria-hidden />}
              {...(action.destructive ? { c: 'var(--ks-bad)' } : {})}
              onClick={() => {
                close();
                onRequest(action.request);
              }}
            >
              {action.label}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
