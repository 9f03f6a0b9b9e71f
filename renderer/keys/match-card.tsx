import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MatchView } from '../../preload/contract.ts';
import { formatDate } from '../ui/dates.ts';
import { StatusDot } from '../ui/status-dot.tsx';
import { Tag } from '../ui/tag.tsx';
import { keyQuery } from './key-queries.ts';
import classes from './match-card.module.css';
import { MatchedSecret } from './matched-secret.tsx';

interface Props {
  readonly match: MatchView;
  readonly onShow: (keyId: string) => void;
}

/** One key that a search recognised: how sure that is, and what the key's state is now. */
export function MatchCard({ match, onShow }: Props) {
  const { key, removedAt } = match;
  const { data: detail } = useQuery({ ...keyQuery(key.id), enabled: removedAt === null });
  const now = detail?.key ?? key;
  return (
    <section
      className={classes.card}
      data-proven={match.proven || undefined}
      aria-label={`Match: ${key.name}`}
    >
      <div className={classes.words}>
        <div className={classes.sentence} title={key.name}>
          {sentence(match)}
        </div>
        <div className={classes.facts}>
          {removedAt === null ? (
            <StatusDot status={now.status} />
          ) : (
            <Tag tone="bad">Removed on {formatDate(removedAt)}</Tag>
          )}
          {now.tampered && <Tag tone="bad">Tampered</Tag>}
          <span className="mono">{key.id}</span>
          <span>{key.service}</span>
          {removedAt === null && <MatchedSecret match={match} detail={detail} />}
        </div>
      </div>
      {removedAt === null && (
        <Button variant="default" onClick={() => onShow(key.id)}>
          Show key
        </Button>
      )}
    </section>
  );
}

function sentence({ match, proven, key }: MatchView) {
  const name = <strong>{key.name}</strong>;
  if (proven) return <>This is the secret of {name}.</>;
  if (match === 'last-four') return <>The secret of {name} ends in these four characters.</>;
  return <>Contains the ID of {name}, not proven to be its secret.</>;
}
