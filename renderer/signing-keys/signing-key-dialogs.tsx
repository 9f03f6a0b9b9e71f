import { assertNever } from '../../preload/contract.ts';
import { CompromiseSigningKeyDialog } from './compromise-signing-key-dialog.tsx';
import { DependentsDialog } from './dependents-dialog.tsx';
import { ReissueSignedDialog } from './reissue-signed-dialog.tsx';
import { RetireSigningKeyDialog } from './retire-signing-key-dialog.tsx';
import { RotateSigningKeyDialog } from './rotate-signing-key-dialog.tsx';
import type { SigningKeyRequest } from './signing-key-request.ts';

interface Props {
  readonly request: SigningKeyRequest;
  readonly onRequest: (request: SigningKeyRequest) => void;
  readonly onClose: () => void;
}

/** The dialog that a request asks for. */
export function SigningKeyDialogs({ request, onRequest, onClose }: Props) {
  switch (request.kind) {
    case 'rotate':
      return <RotateSigningKeyDialog purpose={request.purpose} active={request.active} onClose={onClose} />;
    case 'dependents':
      return <DependentsDialog signingKey={request.signingKey} onClose={onClose} />;
    case 'reissue':
      return <ReissueSignedDialog signingKey={request.signingKey} onClose={onClose} />;
    case 'retire':
      return <RetireSigningKeyDialog signingKey={request.signingKey} onClose={onClose} />;
    case 'compromise':
      return (
        <CompromiseSigningKeyDialog
          signingKey={request.signingKey}
          onDone={signingKey => {
            if (signingKey.purpose === 'token' && signingKey.live > 0)
              onRequest({ kind: 'reissue', signingKey });
            else onClose();
          }}
          onClose={onClose}
        />
      );
    default:
      return assertNever(request);
  }
}
