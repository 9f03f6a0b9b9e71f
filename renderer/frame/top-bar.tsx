import { Button } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import type { Search } from '../keys/use-search.ts';
import { Shortcut } from '../ui/shortcut.tsx';
import { CreateButtons } from './create-buttons.tsx';
import classes from './frame.module.css';
import { SearchField } from './search-field.tsx';

interface Props {
  readonly search: Search;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  /** Who works here. */
  readonly operator: ReactNode;
  /** Null for those who create no keys here. */
  readonly onCreate: (() => void) | null;
  /** Null for those, and while there is no service to issue keys for. */
  readonly onImport: (() => void) | null;
  readonly onPalette: () => void;
}

/** Search, commands, and the one thing that is done most. */
export function TopBar({ search, searchRef, operator, onCreate, onImport, onPalette }: Props) {
  return (
    <header className={classes.header}>
      <SearchField search={search} inputRef={searchRef} />
      <span className={classes.space} />
      <Button variant="default" flex="none" onClick={onPalette} rightSection={<Shortcut letter="K" />}>
        Commands
      </Button>
      {onCreate && <CreateButtons onCreate={onCreate} onImport={onImport} />}
      {operator}
    </header>
  );
}
