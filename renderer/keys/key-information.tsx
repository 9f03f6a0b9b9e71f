import { ActionIcon, Button, Tabs } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { KeyDetail } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import type { Problem } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useFocusHome } from '../ui/use-focus-home.ts';
import { useRights } from '../ui/use-rights.ts';
import { grantsWord } from './grant-words.ts';
import { keyActions } from './key-actions.ts';
import { KeyFacts } from './key-facts.tsx';
import { KeyHistory } from './key-history.tsx';
import classes from './key-panel.module.css';
import { KeyPermissions } from './key-permissions.tsx';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { KeyRoles } from './key-roles.tsx';
import { previousSecret } from './previous-secret.ts';

interface Props {
  /** Undefined until it has arrived. */
  readonly detail: KeyDetail | undefined;
  readonly problem: Problem | null;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onClose: () => void;
}

/** Everything about one key, beside the list. */
export function KeyInformation({ detail, problem, onRequest, onClose }: Props) {
  useFocusHome();
  const { data: service } = useQuery({
    ...serviceQuery(detail?.key.service ?? ''),
    enabled: detail !== undefined,
  });
  const rights = useRights();
  const circumstances = {
    renamable: service?.policy.renamable ?? false,
    managed: rights.manages(detail?.key.service ?? ''),
    inGrace: previousSecret(detail) !== null,
  };
  const grants = grantsWord(service?.catalog, detail?.key);
  return (
    <aside className={classes.panel} aria-label="Key information">
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Close information"
        className={classes.close ?? ''}
        onClick={onClose}
      >
        <IconX size={16} />
      </ActionIcon>
      <ProblemAlert problem={problem} />
      {detail && !problem && (
        <>
          <h2 className={classes.name} title={detail.key.name}>
            {detail.key.name}
          </h2>
          {detail.key.description !== '' && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long description is scrolled with the keyboard
            <section className={classes.description} tabIndex={0} aria-label="Description">
              {detail.key.description}
            </section>
          )}
          <Tabs defaultValue="main" className={classes.tabs ?? ''}>
            <Tabs.List>
              <Tabs.Tab value="main">Main</Tabs.Tab>
              <Tabs.Tab value="grants">{grants}</Tabs.Tab>
              <Tabs.Tab value="history">History</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="main" pt="sm">
              <KeyFacts
                detail={detail}
                serviceTitle={service?.title ?? detail.key.service}
                onRequest={onRequest}
              />
              <div className={classes.actions}>
                {keyActions(detail.key, circumstances).map(action => (
                  <Button
                    key={action.label}
                    variant="default"
                    {...(action.destructive ? { c: 'var(--ks-bad)' } : {})}
                    onClick={() => onRequest(action.request)}
                  >
                    {action.label}
                  </Button>
                ))}
              </div>
            </Tabs.Panel>
            <Tabs.Panel value="grants" pt="sm">
              {grants !== 'Permissions' && <KeyRoles keyView={detail.key} catalog={service?.catalog} />}
              {grants !== 'Roles' && <KeyPermissions keyView={detail.key} catalog={service?.catalog} />}
            </Tabs.Panel>
            <Tabs.Panel value="history" pt="sm">
              <KeyHistory detail={detail} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </aside>
  );
}
