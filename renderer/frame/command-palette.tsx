import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { MAX_RECENT, type ServiceView } from '../../preload/contract.ts';
import { useLayout } from '../keys/use-layout.ts';
import classes from './frame.module.css';
import { paletteLines, withLatest } from './palette-lines.ts';
import { paletteOffers, toAction } from './palette-offers.tsx';
import type { Commands } from './use-commands.ts';
import { useFoundKeys } from './use-found-keys.ts';

interface Props {
  readonly services: readonly ServiceView[];
  readonly commands: Commands;
  /** Null while the lock is off: there is no passphrase. */
  readonly onChangePassphrase: (() => void) | null;
  readonly onGo: (service: string | null) => void;
  readonly onShowKey: (key: string) => void;
  /** Null for those who do not change services. */
  readonly onSettings: ((service: string) => void) | null;
}

const [store, palette] = createSpotlight();

export function openPalette(): void {
  palette.open();
}

/** As the library does it when something is typed: what is found later it leaves alone. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  if (!list || list.querySelector('[data-selected]')) return;
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState(state => ({ ...state, selected: 0 }));
}

/** Every command, every place and every key by its name. */
export function CommandPalette(props: Props) {
  const { services, onShowKey } = props;
  const [typed, setTyped] = useState('');
  const [{ recent = [] }, changeLayout] = useLayout();
  const offers = paletteOffers(props);
  const keys = useFoundKeys(typed, services, onShowKey);

  const lines = paletteLines(typed, offers, keys, recent);

  // The first line is the one that Enter takes, also when it comes after the library has looked for it.
  const first = typed === '' ? undefined : lines[0]?.offers[0]?.id;
  useEffect(() => {
    if (first !== undefined) selectFirst();
  }, [first]);

  function remember(id: string) {
    // What is kept says nothing of keys.
    if (offers.some(offer => offer.id === id)) changeLayout({ recent: withLatest(recent, id, MAX_RECENT) });
  }

  return (
    <Spotlight
      store={store}
      actions={lines.map(({ group, offers: listed }) => ({
        group,
        actions: listed.map(offer => toAction(offer, remember)),
      }))}
      query={typed}
      onQueryChange={setTyped}
      // What fits is decided above, together with what main found.
      filter={(_query, actions) => actions}
      shortcut={null}
      nothingFound="Nothing has these words."
      highlightQuery
      scrollable
      maxHeight={380}
      // What scrolls can be scrolled by keys, too, wherever the focus is.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      limit={60}
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      transitionProps={{ duration: 100, transition: 'fade' }}
      searchProps={{
        placeholder: 'Type a command, a service or a key',
        'aria-label': 'Commands',
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
      title="Commands"
      classNames={{ header: 'unseen', action: classes.paletteLine ?? '' }}
      centered={false}
    />
  );
}
