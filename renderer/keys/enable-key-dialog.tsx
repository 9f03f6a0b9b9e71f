import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { problemOf } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { EnableKeyForm } from './enable-key-form.tsx';
import type { KeyRequest } from './key-request.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onRequest: (request: KeyRequest) => void;
  readonly onClose: () => void;
}

/** Asks for the new expiry without which an expired key cannot work again. */
export function EnableKeyDialog({ keyView, onRequest, onClose }: Props) {
  const { data: service, error } = useQuery(serviceQuery(keyView.service));
  return (
    <Dialog title={`Enable ${keyView.name}`} onClose={onClose} closeOnClickOutside={false}>
      {!service && !error && <Loader size="sm" />}
      {service && (
        <EnableKeyForm keyView={keyView} service={service} onRequest={onRequest} onClose={onClose} />
      )}
      {error && (
        <>
          <ProblemAlert problem={problemOf(error)} />
          <DialogFooter>
            <Button onClick={onClose}>Close</Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
