import { Button, Popover, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { problemOf } from '../ui/call.ts';
import { formatCount } from '../ui/dates.ts';
import { LoadingScreen } from '../ui/loading-screen.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { EmptyList } from './empty-list.tsx';
import { KeyMenu, type OpenMenu } from './key-menu.tsx';
import { KeyPanel } from './key-panel.tsx';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { KeyTable } from './key-table.tsx';
import classes from './keys-page.module.css';
import { isNarrowed, type ListView } from './list-view.ts';
import { StatusFilter } from './status-filter.tsx';
import { useSettledView } from './use-settled-view.ts';

interface Props {
  readonly view: ListView;
  readonly selected: string | null;
  /** What the page is called: a service, or all keys. */
  readonly heading: string;
  /** What stands above the list: the banner, what a search recognised. */
  readonly above: ReactNode;
  readonly onView: (change: Partial<ListView>) => void;
  readonly onClear: () => void;
  readonly onSelect: (keyId: string | null) => void;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
}

/** The keys of a service, or of all: filter, list and information panel. */
export function KeysPage({ view, selected, heading, above, onView, onClear, onSelect, onRequest }: Props) {
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const settled = useSettledView(view);
  const wide = useMediaQuery('(min-width: 1160px)', true, { getInitialValueInEffect: false });
  const filter = <StatusFilter view={view} onChange={onView} />;
  const filters = view.statuses.length + (view.unsaved ? 1 : 0);

  return (
    <div className={classes.page}>
      {wide && (
        <aside className={classes.filter} aria-label="Filter">
          {filter}
        </aside>
      )}
      <section className={classes.list} aria-label="Key list" aria-busy={settled.slow}>
        <h1 className="unseen">{heading}</h1>
        {above}
        <div className={classes.bar}>
          <Text fw={600} size="sm" role="status">
            {settled.loaded && `${formatCount(settled.total)} ${settled.total === 1 ? 'key' : 'keys'}`}
          </Text>
          {isNarrowed(view) && (
            <Button variant="subtle" size="compact-xs" onClick={onClear}>
              Clear search and filters
            </Button>
          )}
          <span className={classes.space} />
          {!wide && (
            <Popover position="bottom-end" trapFocus withinPortal>
              <Popover.Target>
                <Button variant="default" leftSection={<IconFilter size={14} aria-hidden />}>
                  {filters === 0 ? 'Filter' : `Filter · ${filters}`}
                </Button>
              </Popover.Target>
              <Popover.Dropdown aria-label="Filter">{filter}</Popover.Dropdown>
            </Popover>
          )}
        </div>
        {settled.slow && <div className={classes.progress} />}
        {settled.error && <ProblemAlert problem={problemOf(settled.error)} />}
        {!settled.loaded && !settled.error && <LoadingScreen />}
        {settled.loaded && settled.total > 0 && (
          <KeyTable
            view={settled.view}
            total={settled.total}
            selected={selected}
            onSort={sort => onView({ sort })}
            onSelect={key => onSelect(key.id)}
            onMenu={(key, at, origin) => setMenu({ key, at, origin })}
          />
        )}
        {settled.loaded && settled.total === 0 && (
          <EmptyList
            narrowed={isNarrowed(settled.view)}
            onClear={onClear}
            onCreate={() => onRequest({ kind: 'create', like: null })}
          />
        )}
      </section>
      {selected !== null && <KeyPanel id={selected} onRequest={onRequest} onClose={() => onSelect(null)} />}
      {menu && <KeyMenu menu={menu} onRequest={onRequest} onClose={() => setMenu(null)} />}
    </div>
  );
}
