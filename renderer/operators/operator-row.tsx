import type { OperatorView } from '../../preload/contract.ts';
import { formatDate, formatDateTime } from '../ui/dates.ts';
import { Tag } from '../ui/tag.tsx';
import { OperatorMenu } from './operator-menu.tsx';
import type { OperatorRequest } from './operator-request.ts';
import classes from './operators.module.css';
import { ROLE_WORDS } from './role-words.ts';

interface Props {
  readonly operator: OperatorView;
  /** Whether there is anything that may be changed. */
  readonly editable: boolean;
  readonly onRequest: (request: OperatorRequest) => void;
}

/** One person of the list. */
export function OperatorRow({ operator, editable, onRequest }: Props) {
  const { name, role, createdAt, removed, tampered, you } = operator;
  const { title, may } = ROLE_WORDS[role];
  return (
    <tr data-operator={name} data-removed={removed || undefined}>
      <th scope="row">
        <span className={classes.name}>{name}</span>
        {you && <Tag tone="quiet">You</Tag>}
        {removed && <Tag tone="quiet">Removed</Tag>}
        {tampered && (
          <Tag tone="bad" title="Changed outside Keysmith: do not believe what this row says">
            Tampered
          </Tag>
        )}
      </th>
      <td title={may}>{title}</td>
      <td title={formatDateTime(createdAt)}>{formatDate(createdAt)}</td>
      <td>{editable && <OperatorMenu operator={operator} onRequest={onRequest} />}</td>
    </tr>
  );
}
