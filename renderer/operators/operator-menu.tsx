import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconUserEdit, IconUserMinus } from '@tabler/icons-react';
import { useRef } from 'react';
import type { OperatorView } from '../../preload/contract.ts';
import type { OperatorRequest } from './operator-request.ts';

interface Props {
  readonly operator: OperatorView;
  readonly onRequest: (request: OperatorRequest) => void;
}

/** What an owner can do about one operator. Nobody removes themselves. */
export function OperatorMenu({ operator, onRequest }: Props) {
  const dots = useRef<HTMLButtonElement>(null);

  function request(kind: 'edit' | 'remove') {
    // Before the dialog opens, so that it knows where the focus came from.
    dots.current?.focus();
    onRequest({ kind, operator });
  }

  return (
    <Menu
      position="bottom-end"
      width={190}
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      withinPortal
    >
      <Menu.Target>
        <ActionIcon
          ref={dots}
          variant="subtle"
          color="gray"
          size={26}
          c="dimmed"
          aria-label={`Actions for ${operator.name}`}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          data-autofocus
          leftSection={<IconUserEdit size={15} aria-hidden />}
          onClick={() => request('edit')}
        >
          Change role…
        </Menu.Item>
        {!operator.you && (
          <>
            <Menu.Divider />
            <Menu.Item
              c="var(--ks-bad)"
              leftSection={<IconUserMinus size={15} aria-hidden />}
              onClick={() => request('remove')}
            >
              Remove…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
