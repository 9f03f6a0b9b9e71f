import { type AppState, assertNever } from '../../preload/contract.ts';
import { LockOffDialog } from '../lock/lock-off-dialog.tsx';
import { LockOnDialog } from '../lock/lock-on-dialog.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { AddOperatorForm } from './add-operator-form.tsx';
import { ChangePassphraseDialog } from './change-passphrase-dialog.tsx';
import { EditOperatorDialog } from './edit-operator-dialog.tsx';
import type { OperatorRequest } from './operator-request.ts';
import { RemoveOperatorDialog } from './remove-operator-dialog.tsx';

interface Props {
  readonly request: OperatorRequest;
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly onClose: () => void;
}

/** The dialog for what is to be done about operators and the lock. */
export function OperatorDialogs({ request, app, onClose }: Props) {
  const you = app.operator.name;
  switch (request.kind) {
    case 'add':
      return (
        <FormDialog title="Add operator" size={560} onClose={onClose}>
          <AddOperatorForm you={you} lockEnabled={app.lockEnabled} onClose={onClose} />
        </FormDialog>
      );
    case 'edit':
      return <EditOperatorDialog operator={request.operator} onClose={onClose} />;
    case 'remove':
      return <RemoveOperatorDialog operator={request.operator} onClose={onClose} />;
    case 'change-passphrase':
      return <ChangePassphraseDialog you={you} onClose={onClose} />;
    case 'lock-on':
      return <LockOnDialog you={you} onClose={onClose} />;
    case 'lock-off':
      return <LockOffDialog vault={app.installation.vault} onClose={onClose} />;
    default:
      return assertNever(request);
  }
}
