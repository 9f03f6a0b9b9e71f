import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../ui/dates.ts';
import { countQuery } from './key-queries.ts';
import { type ListView, toKeyFilter } from './list-view.ts';
import classes from './match-card.module.css';

interface Props {
  /** The address that was searched for. */
  readonly address: string;
  readonly view: ListView;
  readonly onView: (change: Partial<ListView>) => void;
}

/** How many keys could be used from the address that was typed into the search. */
export function AddressCard({ address, view, onView }: Props) {
  const statuses: ListView['statuses'] = view.statuses.length > 0 ? view.statuses : ['active'];
  const change: Partial<ListView> = { admits: address, statuses, text: '' };
  const filter = toKeyFilter({ ...view, ...change });
  const { data: all } = useQuery(countQuery(filter));
  const { data: bound } = useQuery(countQuery({ ...filter, hasIps: true }));
  if (all === undefined || bound === undefined) return null;
  return (
    <section className={classes.card} aria-label={`Address: ${address}`}>
      <div className={classes.words}>
        <strong>{all.keys === 1 ? '1 key' : `${formatCount(all.keys, all.isMore)} keys`}</strong> could be
        used from <span className="mono">{address}</span> (of them {formatCount(bound.keys, bound.isMore)}{' '}
        {bound.keys === 1 ? 'is' : 'are'} bound to addresses).
      </div>
      {all.keys > 0 && (
        <Button variant="default" onClick={() => onView(change)}>
          Show them
        </Button>
      )}
    </section>
  );
}
