import { useMemo, useRef, useState } from 'react';
import type { Preferences } from '../../preload/contract.ts';
import { type AuditView, WHOLE_LOG } from '../audit/audit-view.ts';
import type { ExportPlace } from '../exchange/export-place.ts';
import { FIRST_SORT, isNarrowed, type ListView, NOT_NARROWED } from '../keys/list-view.ts';
import { useSearch } from '../keys/use-search.ts';
import { useSelection } from '../keys/use-selection.ts';
import { narrowingOf, type ReviewKind } from './reviews.ts';
import type { Screen } from './screens.ts';

const ALL = { service: null, sort: FIRST_SORT, ...NOT_NARROWED } as const;

/**
 * Where the admin is: on which screen, which service's keys, how narrowed and sorted, and which of them are selected.
 *
 * @param start the service whose keys are shown first; null: those of all
 * @param warning how soon keys must expire to be pointed out
 */
export function usePlace(start: string | null, warning: Preferences['expiryWarning']) {
  const [screen, setScreen] = useState<Screen>('keys');
  const [asked, setAsked] = useState<Omit<ListView, 'text'>>({ ...ALL, service: start });
  const [exporting, setExporting] = useState<ExportPlace>({
    tab: 'inventory',
    service: null,
    keys: 'all',
    listed: { ...ALL, text: '' },
    picked: [],
  });
  const [exportSeen, setExportSeen] = useState(false);
  const [auditing, setAuditing] = useState<AuditView>(WHOLE_LOG);
  const [auditSeen, setAuditSeen] = useState(false);
  const [importing, setImporting] = useState<string | null>(null);
  const [importSeen, setImportSeen] = useState(false);
  const search = useSearch();
  const searchRef = useRef<HTMLInputElement>(null);
  const view = useMemo<ListView>(() => ({ ...asked, text: search.words }), [asked, search.words]);
  const selection = useSelection(view);

  /** Shows these keys and no others; what was searched and selected is gone. */
  function show(next: Partial<ListView>) {
    setAsked(before => ({ ...before, ...NOT_NARROWED, ...next }));
    search.clear();
    selection.clear();
  }

  const changeExport = (change: Partial<ExportPlace>) => setExporting(before => ({ ...before, ...change }));

  function open(next: Screen) {
    // What the list shows can be exported after it was left.
    if (screen === 'keys') {
      const keys = isNarrowed(view) || view.service !== null ? 'listed' : 'all';
      changeExport({
        listed: view,
        picked: [],
        keys,
        ...(view.service !== null && { service: view.service }),
      });
    }
    if (next === 'export') setExportSeen(true);
    if (next === 'audit') setAuditSeen(true);
    if (next === 'import') {
      setImportSeen(true);
      // Keys are issued for the service that was looked at.
      if (view.service !== null) setImporting(view.service);
    }
    setScreen(next);
    search.clear();
    selection.clear();
  }

  return {
    screen,
    /** Shows a key in the list, whatever the screen was. */
    showKey(key: string) {
      setScreen('keys');
      selection.select(key);
    },
    /** Shows another screen than the keys. */
    open,
    exporting,
    /** Whether the Export screen was shown: what was chosen there stays while other screens are. */
    exportSeen,
    changeExport,
    auditing,
    /** As `exportSeen`, for the Audit screen: a verification goes on while other screens are shown. */
    auditSeen,
    changeAudit: (change: Partial<AuditView>) => setAuditing(before => ({ ...before, ...change })),
    /** Shows the entries of one key. */
    openAuditOf(key: string) {
      open('audit');
      setAuditing({ ...WHOLE_LOG, text: key });
    },
    /** Shows the bundles of a service. */
    openBundles(service: string) {
      open('export');
      changeExport({ tab: 'bundle', service });
    },
    /** Offers the keys that are selected as an inventory. */
    exportSelection() {
      open('export');
      changeExport({ tab: 'inventory', keys: 'picked', picked: [...selection.ids] });
    },
    /** The slug of the service that keys are issued for from a file; null: the first. */
    importing,
    /** As `exportSeen`: the file that was checked stays while other screens are shown. */
    importSeen,
    changeImport: setImporting,
    view,
    selection,
    search: {
      ...search,
      /** What is found is shown in the list. */
      setText(given: string) {
        setScreen('keys');
        search.setText(given);
      },
    },
    searchRef,
    goTo(service: string | null) {
      setScreen('keys');
      show({ service });
    },
    /** Words that are given replace those in the search field; they can only be cleared. */
    change({ text, ...change }: Partial<ListView>) {
      setAsked(before => ({ ...before, ...change }));
      if (text === '') search.clear();
    },
    clear: () => show({}),
    review(kind: ReviewKind) {
      setScreen('keys');
      show({ service: null, ...narrowingOf(kind, warning) });
    },
    focusSearch() {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    /** Ends the selection, and with it the information panel; focus goes back to the row. */
    leaveSelection() {
      const row = document.querySelector<HTMLElement>(`[data-key="${selection.only}"]`);
      selection.clear();
      row?.focus({ preventScroll: true });
    },
  };
}
