import { useQuery } from '@tanstack/react-query';
import { Activity, useState } from 'react';
import type { AppState, Reveal } from '../../preload/contract.ts';
import { ExportPage } from '../exchange/export-page.tsx';
import { GoToBundleContext } from '../exchange/go-to-bundle.ts';
import { doDeed } from '../keys/do-deed.ts';
import { isDeed, type KeyDeed, type KeyRequest } from '../keys/key-request.ts';
import { KeysPage } from '../keys/keys-page.tsx';
import { SearchMatches } from '../keys/search-matches.tsx';
import { lockNow } from '../lock/lock-now.ts';
import { RevealHost } from '../reveal/reveal-host.tsx';
import { useReveal } from '../reveal/use-reveal.ts';
import { servicesQuery } from '../services/service-queries.ts';
import { SigningKeysPage } from '../signing-keys/signing-keys-page.tsx';
import { Banner } from './banner.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import classes from './frame.module.css';
import { FrameDialogs, type OpenDialog } from './frame-dialogs.tsx';
import { Navigation } from './navigation.tsx';
import { NoService } from './no-service.tsx';
import { reviewOf } from './reviews.ts';
import { TopBar } from './top-bar.tsx';
import { useCommands } from './use-commands.ts';
import { usePlace } from './use-place.ts';
import { useReviewEnd } from './use-review-end.ts';

/** The window of an installation that is ready: navigation, top bar, the place where the admin is. */
export function Frame({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  const { data: services } = useQuery(servicesQuery);
  const { reveal, setReveal } = useReveal();
  const place = usePlace();
  useReviewEnd(place.view, place.clear);
  const [open, setOpen] = useState<OpenDialog | null>(null);

  function request(wish: KeyRequest | KeyDeed | { readonly kind: 'create-service' }) {
    if (isDeed(wish)) void doDeed(wish, request, place.openBundles);
    // A key needs a service that it opens.
    else setOpen(wish.kind === 'create' && services?.length === 0 ? { kind: 'create-service' } : wish);
  }

  function reveals(next: Reveal) {
    setOpen(null);
    setReveal(next);
  }

  const settings = (slug: string) => setOpen({ kind: 'service-settings', slug });
  const commands = {
    'create-key': () => request({ kind: 'create', like: null }),
    'create-service': () => request({ kind: 'create-service' }),
    search: place.focusSearch,
    palette: openPalette,
    lock: () => lockNow(app),
  };
  useCommands(
    commands,
    open === null && reveal === null,
    place.selection.ids.size === 0 ? null : place.leaveSelection,
  );

  const { tab, service } = place.exporting;
  const bundlesOf =
    place.screen === 'export' && tab === 'bundle' ? (service ?? services?.[0]?.slug ?? null) : null;
  const banner = (
    <Banner
      app={app}
      services={services ?? []}
      reviewing={place.screen === 'keys' ? reviewOf(place.view) : null}
      exporting={bundlesOf}
      onReview={place.review}
      onExport={place.openBundles}
    />
  );

  return (
    <GoToBundleContext value={place.openBundles}>
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
            operator={app.operator}
            onCreate={commands['create-key']}
            onPalette={commands.palette}
          />
          <div className={classes.content}>
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
            {place.screen === 'export' ? null : place.screen === 'signing-keys' ? (
              <SigningKeysPage
                above={banner}
                onRequest={asked => setOpen({ kind: 'signing-key', request: asked })}
              />
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
          </div>
        </main>
        {open && (
          <FrameDialogs
            open={open}
            app={app}
            services={services ?? []}
            place={place}
            onOpen={setOpen}
            onReveal={reveals}
            onClose={() => setOpen(null)}
          />
        )}
        <RevealHost onDone={place.showKey} />
        <CommandPalette
          services={services ?? []}
          commands={commands}
          onGo={place.goTo}
          onOpen={place.open}
          onSettings={settings}
        />
      </div>
    </GoToBundleContext>
  );
}
