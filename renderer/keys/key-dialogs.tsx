import { useQuery } from '@tanstack/react-query';
import { assertNever, type Reveal } from '../../preload/contract.ts';
import { servicesQuery } from '../services/service-queries.ts';
import { useRights } from '../ui/use-rights.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { EditKeyDialog } from './edit-key-dialog.tsx';
import { EnableKeyDialog } from './enable-key-dialog.tsx';
import { EndGraceDialog } from './end-grace-dialog.tsx';
import { EndKeyDialog } from './end-key-dialog.tsx';
import type { KeyRequest } from './key-request.ts';
import { NewSecretDialog } from './new-secret-dialog.tsx';
import { ReissueKeyDialog } from './reissue-key-dialog.tsx';
import { RenameKeyDialog } from './rename-key-dialog.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';

interface Props {
  readonly request: KeyRequest;
  readonly service: string | null;
  readonly onReveal: (reveal: Reveal) => void;
  /** Opens another dialog: of what is offered next. */
  readonly onRequest: (request: KeyRequest) => void;
  readonly onClose: () => void;
}

/** The dialog for what the admin asked to do. */
export function KeyDialogs({ request, service, onReveal, onRequest, onClose }: Props) {
  const { data: services = [] } = useQuery(servicesQuery);
  const rights = useRights();
  switch (request.kind) {
    case 'create':
      return (
        <CreateKeyDialog
          services={services.filter(({ slug }) => rights.manages(slug))}
          service={service !== null && rights.manages(service) ? service : null}
          like={request.like}
          onCreated={onReveal}
          onClose={onClose}
        />
      );
    case 'edit':
      return <EditKeyDialog keyView={request.key} onRevealed={onReveal} onClose={onClose} />;
    case 'rename':
      return <RenameKeyDialog keyView={request.key} onClose={onClose} />;
    case 'rotate':
      return <RotateKeyDialog keyView={request.key} onRevealed={onReveal} onClose={onClose} />;
    case 'reissue':
      return <ReissueKeyDialog keyView={request.key} onRevealed={onReveal} onClose={onClose} />;
    case 'end-grace':
      return <EndGraceDialog keyView={request.key} onClose={onClose} />;
    case 'enable-again':
      return <EnableKeyDialog keyView={request.key} onRequest={onRequest} onClose={onClose} />;
    case 'revoke':
    case 'remove':
      return <EndKeyDialog keyView={request.key} how={request.kind} onClose={onClose} />;
    case 'new-secret':
      return <NewSecretDialog keyView={request.key} onRevealed={onReveal} onClose={onClose} />;
    default:
      return assertNever(request);
  }
}
