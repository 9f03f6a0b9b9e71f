import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { OperatorView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';
import { useRights } from '../ui/use-rights.ts';
import type { OperatorRequest } from './operator-request.ts';
import { OperatorRow } from './operator-row.tsx';
import classes from './operators.module.css';

interface Props {
  readonly operators: readonly OperatorView[];
  readonly onRequest: (request: OperatorRequest) => void;
}

/** Who works here; those who did are folded away below. */
export function OperatorTable({ operators, onRequest }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const rights = useRights();
  const present = operators.filter(({ removed }) => !removed);
  const gone = operators.filter(({ removed }) => removed);
  const owners = present.filter(({ role }) => role === 'owner').length;
  // Somebody has to be owner: the last one's role stays.
  const editable = ({ removed, role }: OperatorView) =>
    rights.may('operator.edit') && !removed && (role !== 'owner' || owners > 1);
  return (
    <div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[...present, ...(unfolded ? gone : [])].map(operator => (
            <OperatorRow
              key={operator.name}
              operator={operator}
              editable={editable(operator)}
              onRequest={onRequest}
            />
          ))}
        </tbody>
      </table>
      {gone.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          mt={6}
          px={6}
          aria-expanded={unfolded}
          leftSection={
            unfolded ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          onClick={() => setUnfolded(!unfolded)}
        >
          {gone.length === 1 ? '1 removed operator' : `${formatCount(gone.length)} removed operators`}
        </Button>
      )}
    </div>
  );
}
