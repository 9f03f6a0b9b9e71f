import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { KeyView } from '../../preload/contract.ts';
import { useRights } from '../ui/use-rights.ts';
import type { KeyRequest } from './key-request.ts';
import classes from './key-table.module.css';

interface Props {
  readonly keyView: KeyView;
  /** Whether the Tab key stops here. */
  readonly home: boolean;
  readonly onRequest: (request: KeyRequest) => void;
}

/** What is done most with a key that has a signed token: beside its menu, while the row is pointed at or has the focus. */
export function RowActions({ keyView: key, home, onRequest }: Props) {
  const rights = useRights();
  if (!rights.manages(key.service)) return null;
  const editable = key.status !== 'revoked' && !key.tampered;
  const actions = [
    { kind: 'edit', word: 'Edit access key', icon: IconPencil, offered: editable },
    { kind: 'remove', word: 'Remove access key', icon: IconTrash, offered: true },
  ] as const;
  return (
    <div className={classes.hover}>
      {actions.map(
        ({ kind, word, icon: Icon, offered }) =>
          offered && (
            <ActionIcon
              key={kind}
              variant="subtle"
              color="gray"
              size={26}
              tabIndex={home ? 0 : -1}
              aria-label={`${word} ${key.name}`}
              title={word}
              onClick={event => {
                event.stopPropagation();
                onRequest({ kind, key });
              }}
            >
              <Icon size={15} aria-hidden />
            </ActionIcon>
          ),
      )}
    </div>
  );
}
