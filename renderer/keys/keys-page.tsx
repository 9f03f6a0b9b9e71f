import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { BulkAction, ServiceView } from '../../preload/contract.ts';
import { problemOf } from '../ui/call.ts';
import { LoadingScreen } from '../ui/loading-screen.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useRights } from '../ui/use-rights.ts';
import { EmptyList } from './empty-list.tsx';
import { FilterPanel } from './filter/filter-panel.tsx';
import { KeyMenu, type OpenMenu } from './key-menu.tsx';
import { KeyPanel } from './key-panel.tsx';
import type { KeyDeed, KeyRequest } from './key-request.ts';
import { KeyTable } from './key-table.tsx';
import classes from './keys-page.module.css';
import { layoutQuery } from './layout-query.ts';
import { ListBar } from './list-bar.tsx';
import { isNarrowed, type ListView } from './list-view.ts';
import type { Selection } from './use-selection.ts';
import { useSettledView } from './use-settled-view.ts';

interface Props {
  readonly view: ListView;
  readonly services: readonly ServiceView[];
  readonly selection: Selection;
  /** What the page is called: a service, or all keys. */
  readonly heading: string;
  /** What stands above the list: the banner, what a search recognised. */
  readonly above: ReactNode;
  readonly onView: (change: Partial<ListView>) => void;
  readonly onClear: () => void;
  readonly onRequest: (request: KeyRequest | KeyDeed) => void;
  readonly onBulk: (action: BulkAction) => void;
  /** Exports the keys that are selected. */
  readonly onExport: () => void;
}

/** The keys of a service, or of all: filter, list and information panel. */
export function KeysPage(props: Props) {
  const { view, services, selection, heading, above, onView, onClear, onRequest, onBulk, onExport } = props;
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const settled = useSettledView(view);
  const rights = useRights();
  const creates = view.service === null ? rights.managesAny : rights.manages(view.service);
  const arranged = useQuery(layoutQuery).isFetched;
  const wide = useMediaQuery('(min-width: 1160px)', true, { getInitialValueInEffect: false });
  const filter = (
    <FilterPanel
      view={view}
      services={services}
      settled={settled.loaded && settled.view === view}
      onChange={onView}
    />
  );

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
        <ListBar
          view={view}
          count={settled.loaded ? settled.count : undefined}
          selection={selection}
          services={services}
          filter={wide ? null : filter}
          onClear={onClear}
          onRequest={onRequest}
          onBulk={onBulk}
          onExport={onExport}
        />
        {settled.slow && <div className={classes.progress} />}
        {settled.error && <ProblemAlert problem={problemOf(settled.error)} />}
        {!settled.loaded && !settled.error && <LoadingScreen />}
        {settled.loaded && arranged && settled.count.keys > 0 && (
          <KeyTable
            view={settled.view}
            count={settled.count}
            services={services}
            selection={selection}
            onSort={sort => onView({ sort })}
            onRequest={onRequest}
            onMenu={(key, at, origin) => setMenu({ key, at, origin })}
          />
        )}
        {settled.loaded && settled.count.keys === 0 && (
          <EmptyList
            narrowed={isNarrowed(settled.view)}
            onClear={onClear}
            onCreate={creates ? () => onRequest({ kind: 'create', like: null }) : null}
          />
        )}
      </section>
      {selection.only !== null && (
        <KeyPanel id={selection.only} onRequest={onRequest} onClose={selection.clear} />
      )}
      {menu && <KeyMenu menu={menu} onRequest={onRequest} onClose={() => setMenu(null)} />}
    </div>
  );
}
