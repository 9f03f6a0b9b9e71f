import type { AppState, BulkAction, Reveal, ServiceView } from '../../preload/contract.ts';
import { BulkDialog } from '../keys/bulk/bulk-dialog.tsx';
import { KeyDialogs } from '../keys/key-dialogs.tsx';
import type { KeyRequest } from '../keys/key-request.ts';
import { OperatorDialogs } from '../operators/operator-dialogs.tsx';
import type { OperatorRequest } from '../operators/operator-request.ts';
import { CreateServiceDialog } from '../services/create-service-dialog.tsx';
import { ServiceSettingsDialog } from '../services/service-settings-dialog.tsx';
import { AboutDialog } from '../settings/about-dialog.tsx';
import { SigningKeyDialogs } from '../signing-keys/signing-key-dialogs.tsx';
import type { SigningKeyRequest } from '../signing-keys/signing-key-request.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import type { usePlace } from './use-place.ts';

/** What is open above the frame: a dialog about a key, about all that are selected, a signing key or a service. */
export type OpenDialog =
  | KeyRequest
  | { readonly kind: 'bulk'; readonly action: BulkAction }
  | { readonly kind: 'signing-key'; readonly request: SigningKeyRequest }
  | { readonly kind: 'operator'; readonly request: OperatorRequest }
  | { readonly kind: 'create-service' }
  | { readonly kind: 'about' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'service-settings'; readonly slug: string };

interface Props {
  readonly open: OpenDialog;
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly services: readonly ServiceView[];
  readonly place: ReturnType<typeof usePlace>;
  /** Opens another dialog in the place of this one. */
  readonly onOpen: (open: OpenDialog) => void;
  readonly onReveal: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** The dialog for what the admin asked to do. */
export function FrameDialogs({ open, app, services, place, onOpen, onReveal, onClose }: Props) {
  switch (open.kind) {
    case 'create-service':
      return (
        <CreateServiceDialog
          templates={app.templates}
          taken={services.map(({ slug }) => slug)}
          onCreated={slug => {
            onClose();
            place.goTo(slug);
          }}
          onClose={onClose}
        />
      );
    case 'service-settings':
      return (
        <ServiceSettingsDialog
          service={open.slug}
          title={services.find(({ slug }) => slug === open.slug)?.title ?? open.slug}
          onClose={onClose}
        />
      );
    case 'signing-key':
      return (
        <SigningKeyDialogs
          request={open.request}
          onRequest={request => onOpen({ kind: 'signing-key', request })}
          onClose={onClose}
        />
      );
    case 'about':
      return <AboutDialog onClose={onClose} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />;
    case 'operator':
      return <OperatorDialogs request={open.request} app={app} onClose={onClose} />;
    case 'bulk':
      return (
        <BulkDialog action={open.action} selection={place.selection} services={services} onClose={onClose} />
      );
    default:
      return (
        <KeyDialogs
          request={open}
          service={place.view.service}
          onReveal={onReveal}
          onRequest={onOpen}
          onClose={onClose}
        />
      );
  }
}
