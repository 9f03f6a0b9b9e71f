import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppState, Reveal } from '../../preload/contract.ts';
import { doDeed } from '../keys/do-deed.ts';
import { isDeed, type KeyDeed, type KeyRequest } from '../keys/key-request.ts';
import { KeysPage } from '../keys/keys-page.tsx';
import { SearchMatches } from '../keys/search-matches.tsx';
import { RevealHost } from '../reveal/reveal-host.tsx';
import { useReveal } from '../reveal/use-reveal.ts';
import { servicesQuery } from '../services/service-queries.ts';
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
    if (isDeed(wish)) void doDeed(wish, request);
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
  };
  useCommands(
    commands,
    open === null && reveal === null,
    place.selection.ids.size === 0 ? null : place.leaveSelection,
  );

  return (
    <div className={classes.frame}>
      <Navigation
        services={services ?? []}
        current={place.view.service}
        onGo={place.goTo}
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
          {services?.length === 0 ? (
            <NoService onCreate={commands['create-service']} />
          ) : (
            <KeysPage
              view={place.view}
              services={services ?? []}
              selection={place.selection}
              heading={services?.find(({ slug }) => slug === place.view.service)?.title ?? 'All keys'}
              above={
                <>
                  <Banner
                    app={app}
                    services={services ?? []}
                    reviewing={reviewOf(place.view)}
                    onReview={place.review}
                  />
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
          onReveal={reveals}
          onRequest={request}
          onClose={() => setOpen(null)}
        />
      )}
      <RevealHost onDone={place.selection.select} />
      <CommandPalette services={services ?? []} commands={commands} onGo={place.goTo} onSettings={settings} />
    </div>
  );
}
