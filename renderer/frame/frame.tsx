import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppState, Reveal } from '../../preload/contract.ts';
import { doDeed } from '../keys/do-deed.ts';
import { KeyDialogs } from '../keys/key-dialogs.tsx';
import type { KeyDeed, KeyRequest } from '../keys/key-request.ts';
import { KeysPage } from '../keys/keys-page.tsx';
import { SearchMatches } from '../keys/search-matches.tsx';
import { RevealHost } from '../reveal/reveal-host.tsx';
import { useReveal } from '../reveal/use-reveal.ts';
import { CreateServiceDialog } from '../services/create-service-dialog.tsx';
import { servicesQuery } from '../services/service-queries.ts';
import { SigningKeyDialogs } from '../signing-keys/signing-key-dialogs.tsx';
import type { SigningKeyRequest } from '../signing-keys/signing-key-request.ts';
import { SigningKeysPage } from '../signing-keys/signing-keys-page.tsx';
import { Banner } from './banner.tsx';
import { CommandPalette, openPalette } from './command-palette.tsx';
import classes from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { NoService } from './no-service.tsx';
import { TopBar } from './top-bar.tsx';
import { useCommands } from './use-commands.ts';
import { usePlace } from './use-place.ts';

/** What is open above the frame: a dialog about keys, about signing keys, or the one for a new service. */
type Open =
  | KeyRequest
  | { readonly kind: 'signing-key'; readonly request: SigningKeyRequest }
  | { readonly kind: 'create-service' };

/** The window of an installation that is ready: navigation, top bar, the place where the admin is. */
export function Frame({ app }: { app: Extract<AppState, { kind: 'ready' }> }) {
  const { data: services } = useQuery(servicesQuery);
  const { reveal, setReveal } = useReveal();
  const place = usePlace();
  const [open, setOpen] = useState<Open | null>(null);

  function request(wish: KeyRequest | KeyDeed | { readonly kind: 'create-service' }) {
    if (wish.kind === 'copy-id' || wish.kind === 'mark-saved') void doDeed(wish);
    // A key needs a service that it opens.
    else setOpen(wish.kind === 'create' && services?.length === 0 ? { kind: 'create-service' } : wish);
  }

  function reveals(next: Reveal) {
    setOpen(null);
    setReveal(next);
  }

  const banner = <Banner app={app} services={services ?? []} onReview={place.reviewUnsaved} />;
  const requestSigning = (asked: SigningKeyRequest) => setOpen({ kind: 'signing-key', request: asked });
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
        screen={place.screen}
        services={services ?? []}
        current={place.view.service}
        onGo={place.goTo}
        onOpen={place.open}
        onCreate={commands['create-service']}
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
          {place.screen === 'signing-keys' ? (
            <SigningKeysPage above={banner} onRequest={requestSigning} />
          ) : services?.length === 0 ? (
            <NoService onCreate={commands['create-service']} />
          ) : (
            <KeysPage
              view={place.view}
              selected={place.selected}
              heading={services?.find(({ slug }) => slug === place.view.service)?.title ?? 'All keys'}
              above={
                <>
                  {banner}
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
      {open?.kind === 'signing-key' && (
        <SigningKeyDialogs request={open.request} onRequest={requestSigning} onClose={() => setOpen(null)} />
      )}
      {open && open.kind !== 'create-service' && open.kind !== 'signing-key' && (
        <KeyDialogs
          request={open}
          service={place.view.service}
          onReveal={reveals}
          onClose={() => setOpen(null)}
        />
      )}
      <RevealHost onDone={place.select} />
      <CommandPalette services={services ?? []} commands={commands} onGo={place.goTo} onOpen={place.open} />
    </div>
  );
}
