import { useQuery } from '@tanstack/react-query';
import { Activity, Suspense, useEffect, useMemo, useState } from 'react';
import type { AppState, Reveal } from '../../preload/contract.ts';
import { GoToAuditContext } from '../audit/go-to-audit.ts';
import { GoToBundleContext } from '../exchange/go-to-bundle.ts';
import { doDeed } from '../keys/do-deed.ts';
import { isDeed, type KeyDeed, type KeyRequest } from '../keys/key-request.ts';
import { KeysPage } from '../keys/keys-page.tsx';
import { SearchMatches } from '../keys/search-matches.tsx';
import { lockNow } from '../lock/lock-now.ts';
import type { OperatorRequest } from '../operators/operator-request.ts';
import type { Leaving } from '../reveal/leave-reveal.tsx';
import { RevealHost } from '../reveal/reveal-host.tsx';
import { useReveal } from '../reveal/use-reveal.ts';
import { servicesQuery } from '../services/service-queries.ts';
import { usePreferences } from '../settings/use-preferences.ts';
import { useAppEvent } from '../ui/use-app-event.ts';
import { RightsContext, rightsOf } from '../ui/use-rights.ts';
import { Banner } from './banner.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import classes from './frame.module.css';
import type { OpenDialog } from './frame-dialogs.tsx';
import {
  AuditPage,
  ExportPage,
  FrameDialogs,
  ImportPage,
  loadScreens,
  SettingsPage,
  SigningKeysPage,
} from './lazy-screens.ts';
import { Navigation } from './navigation.tsx';
import { NoService } from './no-service.tsx';
import { OperatorMenu } from './operator-menu.tsx';
import { reviewOf } from './reviews.ts';
import type { Screen } from './screens.ts';
import { TopBar } from './top-bar.tsx';
import { useCommands } from './use-commands.ts';
import { useGoneService } from './use-gone-service.ts';
import { usePlace } from './use-place.ts';
import { useReviewEnd } from './use-review-end.ts';

/** Screens that stay as they are while others are shown. */
const KEPT: ReadonlySet<Screen> = new Set(['export', 'audit', 'import']);

/** The window of an installation that is ready: navigation, top bar, the place where the admin is. */
export function Frame({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  const { data: services } = useQuery(servicesQuery);
  const { reveal, setReveal } = useReveal();
  const { defaultService, expiryWarning } = usePreferences();
  const place = usePlace(defaultService, expiryWarning);
  useReviewEnd(place.view, expiryWarning, place.clear);
  useGoneService(place.view.service, services, place.goTo);
  useEffect(loadScreens, []);
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const rights = useMemo(() => rightsOf(app.operator.role, services), [app.operator.role, services]);
  const free = open === null && reveal === null;
  const listed = place.screen === 'keys' ? place.view.service : null;
  const creates =
    (listed === null ? rights.managesAny : rights.manages(listed)) ||
    (services?.length === 0 && rights.may('service.create'));

  function request(wish: KeyRequest | KeyDeed | { readonly kind: 'create-service' }) {
    if (isDeed(wish)) void doDeed(wish, request, place.openBundles, rights);
    // A key needs a service that it opens.
    else setOpen(wish.kind === 'create' && services?.length === 0 ? { kind: 'create-service' } : wish);
  }

  function reveals(next: Reveal) {
    setOpen(null);
    setReveal(next);
  }

  const settings = rights.may('service.edit')
    ? (slug: string) => setOpen({ kind: 'service-settings', slug })
    : null;
  const changePassphrase = () => operators({ kind: 'change-passphrase' });
  const operators = (asked: OperatorRequest) => setOpen({ kind: 'operator', request: asked });

  function lock() {
    // Without a passphrase there is nothing that would open it again.
    if (!app.lockEnabled) {
      if (free) operators({ kind: 'lock-on' });
    } else if (reveal?.key.kind === 'private') setLeaving('lock');
    else lockNow();
  }
  const commands = {
    'create-key': creates ? () => request({ kind: 'create', like: null }) : null,
    'import-keys': rights.managesAny && services?.length !== 0 ? () => place.open('import') : null,
    'create-service': rights.may('service.create') ? () => request({ kind: 'create-service' }) : null,
    search: place.focusSearch,
    palette: openPalette,
    'all-keys': () => place.goTo(null),
    'signing-keys': () => place.open('signing-keys'),
    audit: () => place.open('audit'),
    export: () => place.open('export'),
    settings: () => place.open('settings'),
    about: () => setOpen({ kind: 'about' }),
    shortcuts: () => setOpen({ kind: 'shortcuts' }),
    'review-expiring': () => place.review('expiring'),
    lock,
  };
  useAppEvent('show-service', slug => {
    if (free) place.goTo(slug);
  });
  useCommands(commands, free, place.selection.ids.size === 0 ? null : place.leaveSelection);

  const { tab, service } = place.exporting;
  const bundlesOf =
    place.screen === 'export' && tab === 'bundle' ? (service ?? services?.[0]?.slug ?? null) : null;
  const banner = (
    <Banner
      app={app}
      services={services ?? []}
      reviewing={place.screen === 'keys' ? reviewOf(place.view, expiryWarning) : null}
      exporting={bundlesOf}
      onReview={place.review}
      onExport={place.openBundles}
      onImport={place.screen === 'import' ? null : commands['import-keys']}
      onBackup={place.screen === 'settings' ? null : commands.settings}
    />
  );

  return (
    <RightsContext value={rights}>
      <GoToBundleContext value={place.openBundles}>
        <GoToAuditContext value={place.openAuditOf}>
          <div className={classes.frame}>
            <Navigation
              screen={place.screen}
              services={services ?? []}
              current={place.view.service}
              onGo={place.goTo}
              onOpen={place.open}
              onCreate={commands['create-service']}
              onSettings={settings}
            />
            <main className={classes.main}>
              <TopBar
                search={place.search}
                searchRef={place.searchRef}
                operator={
                  <OperatorMenu
                    app={app}
                    onLock={lock}
                    onChangePassphrase={changePassphrase}
                    onSettings={commands.settings}
                  />
                }
                onCreate={commands['create-key']}
                onImport={commands['import-keys']}
                onPalette={commands.palette}
              />
              <div className={classes.content}>
                <Suspense>
                  {place.exportSeen && (
                    <Activity mode={place.screen === 'export' ? 'visible' : 'hidden'}>
                      <ExportPage
                        services={services ?? []}
                        at={place.exporting}
                        above={place.screen === 'export' && banner}
                        onAt={place.changeExport}
                      />
                    </Activity>
                  )}
                  {place.auditSeen && (
                    <Activity mode={place.screen === 'audit' ? 'visible' : 'hidden'}>
                      <AuditPage
                        view={place.auditing}
                        above={place.screen === 'audit' && banner}
                        onView={place.changeAudit}
                        onShowKey={place.showKey}
                      />
                    </Activity>
                  )}
                  {place.importSeen && (
                    <Activity mode={place.screen === 'import' ? 'visible' : 'hidden'}>
                      <ImportPage
                        services={services ?? []}
                        service={place.importing}
                        above={place.screen === 'import' && banner}
                        onService={place.changeImport}
                      />
                    </Activity>
                  )}
                  {KEPT.has(place.screen) ? null : place.screen === 'signing-keys' ? (
                    <SigningKeysPage
                      above={banner}
                      onRequest={asked => setOpen({ kind: 'signing-key', request: asked })}
                    />
                  ) : place.screen === 'settings' ? (
                    <SettingsPage app={app} above={banner} onRequest={operators} />
                  ) : services?.length === 0 ? (
                    <NoService onCreate={commands['create-service']} />
                  ) : (
                    <KeysPage
                      view={place.view}
                      services={services ?? []}
                      selection={place.selection}
                      heading={services?.find(({ slug }) => slug === place.view.service)?.title ?? 'All keys'}
                      above={
                        <>
                          {banner}
                          <SearchMatches
                            search={place.search}
                            view={place.view}
                            onShow={place.selection.select}
                            onView={place.change}
                          />
                        </>
                      }
                      onView={place.change}
                      onClear={place.clear}
                      onRequest={request}
                      onBulk={action => setOpen({ kind: 'bulk', action })}
                      onExport={place.exportSelection}
                    />
                  )}
                </Suspense>
              </div>
            </main>
            {open && (
              <Suspense>
                <FrameDialogs
                  open={open}
                  app={app}
                  services={services ?? []}
                  place={place}
                  onOpen={setOpen}
                  onReveal={reveals}
                  onClose={() => setOpen(null)}
                />
              </Suspense>
            )}
            <RevealHost leaving={leaving} onLeaving={setLeaving} onDone={place.showKey} />
            <CommandPalette
              services={services ?? []}
              commands={commands}
              onChangePassphrase={app.lockEnabled ? changePassphrase : null}
              onGo={place.goTo}
              onShowKey={place.showKey}
              onSettings={settings}
            />
          </div>
        </GoToAuditContext>
      </GoToBundleContext>
    </RightsContext>
  );
}
