import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isAddress } from '../../preload/contract.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useDelayed } from '../ui/use-delayed.ts';
import { AddressCard } from './address-card.tsx';
import { lastFourQuery } from './key-queries.ts';
import type { ListView } from './list-view.ts';
import classes from './match-card.module.css';
import { MatchCard } from './match-card.tsx';
import { readSearch } from './read-search.ts';
import type { Search } from './use-search.ts';

/** How many matches of the last four are named. */
const SHOWN = 3;

interface Props {
  readonly search: Search;
  readonly view: ListView;
  readonly onShow: (keyId: string) => void;
  readonly onView: (change: Partial<ListView>) => void;
}

/** Whose secret was pasted, whose secret ends in what was typed, or which keys an address may use. */
export function SearchMatches({ search: { lookup, words }, view, onShow, onView }: Props) {
  const isLastFour = lookup === null && readSearch(words).kind === 'last-four';
  const { data: lastFour = [] } = useQuery({ ...lastFourQuery(words), enabled: isLastFour });
  const slow = useDelayed(lookup?.kind === 'looking');

  if (slow) return <Loader size="xs" mx="md" aria-label="Looking up the key" />;
  if (lookup?.kind === 'failed') return <ProblemAlert problem={lookup.problem} />;
  if (lookup?.kind === 'found' && lookup.matches.length === 0) {
    return (
      <div className={classes.card} role="status">
        <Text size="sm">
          <strong>No key of this installation.</strong> What was pasted looks like a token, but no key here
          has its ID, and none was removed with it.
        </Text>
      </div>
    );
  }
  if (lookup === null && isAddress(words)) {
    return (
      <div role="status" aria-label="Search matches">
        <AddressCard address={words} view={view} onView={onView} />
      </div>
    );
  }
  const matches = lookup?.kind === 'found' ? lookup.matches : isLastFour ? lastFour : [];
  const more = matches.length - SHOWN;
  if (matches.length === 0) return null;
  return (
    <div role="status" aria-label="Search matches">
      {matches.slice(0, SHOWN).map(match => (
        <MatchCard key={match.key.id} match={match} onShow={onShow} />
      ))}
      {more > 0 && <p className={classes.more}>{more} more keys end in these four characters.</p>}
    </div>
  );
}
