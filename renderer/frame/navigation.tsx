import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconPlus, IconSettings } from '@tabler/icons-react';
import type { ServiceView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { Mark } from '../ui/mark.tsx';
import { Tag } from '../ui/tag.tsx';
import classes from './frame.module.css';
import { SCREENS, type Screen } from './screens.ts';

interface Props {
  readonly screen: Screen;
  readonly services: readonly ServiceView[];
  /** The slug of the service in view; null for all keys. */
  readonly current: string | null;
  readonly onGo: (service: string | null) => void;
  readonly onOpen: (screen: Screen) => void;
  /** Null for those who make no services, and change none. */
  readonly onCreate: (() => void) | null;
  readonly onSettings: ((service: string) => void) | null;
}

/** The services with their numbers of active keys, all keys, and the other screens below them. */
export function Navigation({ screen, services, current, onGo, onOpen, onCreate, onSettings }: Props) {
  const all = services.reduce((sum, { activeKeys }) => sum + activeKeys, 0);
  const places = [
    ...services.map(({ slug, title, activeKeys, tampered }) => ({ slug, title, activeKeys, tampered })),
    { slug: null, title: 'All keys', activeKeys: all, tampered: false },
  ];
  return (
    <nav className={classes.nav} aria-label="Places">
      <div className={classes.brand}>
        <Mark /> Keysmith
      </div>
      <ul className={classes.places}>
        {places.map(({ slug, title, activeKeys, tampered }) => (
          <li key={slug ?? ''} className={classes.placeRow}>
            <UnstyledButton
              className={classes.place ?? ''}
              aria-current={screen === 'keys' && slug === current ? 'page' : undefined}
              onClick={() => onGo(slug)}
            >
              <span className={classes.placeName} title={title}>
                {title}
              </span>
              {tampered && <Tag tone="bad">Tampered</Tag>}
              <span className={classes.count} title="Active keys">
                {formatCount(activeKeys)}
              </span>
            </UnstyledButton>
            {screen === 'keys' && slug !== null && slug === current && onSettings && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={`Settings of ${title}`}
                title={`Settings of ${title}`}
                onClick={() => onSettings(slug)}
              >
                <IconSettings size={15} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {onCreate && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            px={8}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={onCreate}
          >
            New service
          </Button>
        </div>
      )}
      <p id="installation-places" className={classes.placesTitle}>
        Installation
      </p>
      <ul className={classes.places} aria-labelledby="installation-places">
        {SCREENS.map(({ id, title }) => (
          <li key={id} className={classes.placeRow}>
            <UnstyledButton
              className={classes.place ?? ''}
              aria-current={id === screen ? 'page' : undefined}
              onClick={() => onOpen(id)}
            >
              <span className={classes.placeName}>{title}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </nav>
  );
}
