import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppState, Reveal } from '../../preload/contract.ts';
import { doDeed } from '../keys/do-deed.ts';
import { KeyDialogs } from '../keys/key-dialogs.tsx';
import { isDeed, type KeyDeed, type KeyRequest } from '../keys/key-request.ts';
import { KeysPage } from '../keys/keys-page.tsx';
import { SearchMatches } from '../keys/search-matches.tsx';
import { RevealHost } from '../reveal/reveal-host.tsx';
import { useReveal } from '../reveal/use-reveal.ts';
import { CreateServiceDialog } from '../services/create-service-dialog.tsx';
import { servicesQuery } from '../services/service-queries.ts';
import { ServiceSettingsDialog } from '../services/service-settings-dialog.tsx';
import { Banner } from './banner.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import classes from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { NoService } from './no-service.tsx';
import { TopBar } from './top-bar.tsx';
import { useCommands } from './use-commands.ts';
import { usePlace } from './use-place.ts';

/** What is open above the frame: a dialog about keys, the one for a new service, or a service's settings. */
type Open =
  | KeyRequest
  | { readonly kind: 'create-service' }
  | { readonly kind: 'service-settings'; readonly slug: string };

/** The window of an installation that is ready: navigation, top bar, the place where the admin is. */
export function Frame({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  const { data: services } = useQuery(servicesQuery);
  const { reveal, setReveal } = useReveal();
  const place = usePlace();
  const [open, setOpen] = useState<Open | null>(null);

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
  useCommands(commands, open === null && reveal === null, place.selected === null ? null : place.closePanel);

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
              selected={place.selected}
              heading={services?.find(({ slug }) => slug === place.view.service)?.title ?? 'All keys'}
              above={
                <>
                  <Banner app={app} services={services ?? []} onReview={place.reviewUnsaved} />
                  <SearchMatches search={place.search} onShow={place.select} />
                </>
              }
              onView={place.change}
              onClear={place.clear}
              onSelect={place.select}
              onRequest={request}
            />
          )}
        </div>
      </main>
      {open?.kind === 'create-service' && (
        <CreateServiceDialog
          templates={app.templates}
          taken={services?.map(({ slug }) => slug) ?? []}
          onCreated={slug => {
            setOpen(null);
            place.goTo(slug);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === 'service-settings' && (
        <ServiceSettingsDialog
          service={open.slug}
          title={services?.find(({ slug }) => slug === open.slug)?.title ?? open.slug}
          onClose={() => setOpen(null)}
        />
      )}
      {open && open.kind !== 'create-service' && open.kind !== 'service-settings' && (
        <KeyDialogs
          request={open}
          service={place.view.service}
          onReveal={reveals}
          onClose={() => setOpen(null)}
        />
      )}
      <RevealHost onDone={place.select} />
      <CommandPalette services={services ?? []} commands={commands} onGo={place.goTo} onSettings={settings} />
    </div>
  );
}
