import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AppState } from '../../preload/contract.ts';
import { operatorsQuery } from '../operators/operator-queries.ts';
import type { OperatorRequest } from '../operators/operator-request.ts';
import { OperatorTable } from '../operators/operator-table.tsx';
import { problemOf } from '../ui/call.ts';
import { PageSection } from '../ui/page-section.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useRights } from '../ui/use-rights.ts';
import { LockCard } from './lock-card.tsx';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly onRequest: (request: OperatorRequest) => void;
}

/** Who works here, and what opens Keysmith for them. */
export function OperatorsSection({ app, onRequest }: Props) {
  const { data: operators, error } = useQuery(operatorsQuery);
  const rights = useRights();
  const alone = operators?.filter(({ removed }) => !removed).length === 1;
  return (
    <PageSection
      title="Operators and lock"
      about="who works here, and what opens Keysmith for them"
      action={
        rights.may('operator.create') && (
          <Button variant="default" flex="none" onClick={() => onRequest({ kind: 'add' })}>
            Add operator…
          </Button>
        )
      }
    >
      <ProblemAlert problem={error && problemOf(error)} />
      {operators && <OperatorTable operators={operators} onRequest={onRequest} />}
      {operators && <LockCard app={app} alone={alone} onRequest={onRequest} />}
    </PageSection>
  );
}
