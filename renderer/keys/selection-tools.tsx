import { ActionIcon } from '@mantine/core';
import {
  IconCalendarPlus,
  IconCircleCheck,
  IconFileExport,
  IconForbid,
  IconPlayerPause,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BulkAction, ServiceView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { useFocusHome } from '../ui/use-focus-home.ts';
import { useRights } from '../ui/use-rights.ts';
import { serviceOf } from './bulk/common-service.ts';
import { keyActions } from './key-actions.ts';
import { keyQuery } from './key-queries.ts';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import classes from './selection-tools.module.css';
import { ToolButton } from './tool-button.tsx';
import type { Selection } from './use-selection.ts';
import { walkTools } from './walk-tools.ts';

interface Props {
  readonly selection: Selection;
  /** The service whose keys the list shows; null for all. */
  readonly service: string | null;
  readonly services: readonly ServiceView[];
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onBulk: (action: BulkAction) => void;
  readonly onExport: () => void;
}

/** Of all that can be done with one key, what is done most. */
const TOOLS_OF_ONE: readonly string[] = [
  'edit',
  'rotate',
  'disable',
  'enable',
  'enable-again',
  'revoke',
  'remove',
];

const TOOLS_OF_SEVERAL = [
  { action: 'disable', label: 'Disable…', icon: IconPlayerPause },
  { action: 'enable', label: 'Enable…', icon: IconCircleCheck },
  { action: 'extend', label: 'Extend expiry…', icon: IconCalendarPlus },
  { action: 'revoke', label: 'Revoke…', icon: IconForbid, destructive: true },
  { action: 'remove', label: 'Remove…', icon: IconTrash, destructive: true },
] as const;

/** The toolbar for the keys that are selected. */
export function SelectionTools(props: Props) {
  const { selection, service: listed, services, onRequest, onBulk, onExport } = props;
  useFocusHome();
  const client = useQueryClient();
  const rights = useRights();
  const { ids, only } = selection;
  const { data: detail } = useQuery({
    ...keyQuery(only ?? ''),
    enabled: only !== null,
    // The buttons of the key before stay until those of this one are known.
    placeholderData: before => before,
  });
  const key = only === null ? undefined : detail?.key;
  const { data: service } = useQuery({
    ...serviceQuery(key?.service ?? ''),
    enabled: key !== undefined,
  });
  const actions = key
    ? keyActions(key, {
        renamable: service?.policy.renamable ?? false,
        managed: rights.manages(key.service),
        inGrace: false,
      })
    : [];
  const common = listed ?? (ids.size > 1 ? serviceOf(client, [...ids], services) : null);
  // Of several services, main says which keys are not this operator's.
  const changesSeveral = common === null ? rights.managesAny : rights.manages(common);

  return (
    <div role="toolbar" aria-label="Selected keys" className={classes.tools} onKeyDown={walkTools}>
      {ids.size === 1
        ? actions
            .filter(({ request }) => TOOLS_OF_ONE.includes(request.kind))
            .map(({ label, icon, request, destructive }) => (
              <ToolButton
                key={request.kind}
                label={label}
                icon={icon}
                destructive={destructive}
                disabled={key?.id !== only}
                onClick={() => onRequest(request)}
              />
            ))
        : changesSeveral &&
          TOOLS_OF_SEVERAL.map(({ action, label, icon, ...others }) => (
            <ToolButton
              key={action}
              label={label}
              icon={icon}
              destructive={'destructive' in others}
              onClick={() => onBulk(action)}
            />
          ))}
      <ToolButton label="Export selection" icon={IconFileExport} onClick={onExport} />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label="Clear selection"
        title="Clear selection"
        onClick={selection.clear}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}
