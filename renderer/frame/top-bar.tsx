import { Button } from '@mantine/core';
import type { RefObject } from 'react';
import type { AppState } from '../../preload/contract.ts';
import type { Search } from '../keys/use-search.ts';
import { Shortcut, shortcutText } from '../ui/shortcut.tsx';
import classes from './frame.module.css';
import { SearchField } from './search-field.tsx';

interface Props {
  readonly search: Search;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly operator: Extract<AppState, { kind: 'ready' }>['operator'];
  readonly onCreate: () => void;
  readonly onPalette: () => void;
}

/** Search, commands, and the one thing that is done most. */
export function TopBar({ search, searchRef, operator, onCreate, onPalette }: Props) {
  return (
    <header className={classes.header}>
      <SearchField search={search} inputRef={searchRef} />
      <span className={classes.space} />
      <Button variant="default" flex="none" onClick={onPalette} rightSection={<Shortcut letter="K" />}>
        Commands
      </Button>
      <Button flex="none" onClick={onCreate} title={shortcutText('N')}>
        Create key
      </Button>
      <span className={classes.operator} title={`Operator: ${operator.name}, ${operator.role}`}>
        {operator.name} · {operator.role}
      </span>
    </header>
  );
}
