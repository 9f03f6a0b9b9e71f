import { Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyView, Reveal } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { problemOf } from '../ui/call.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { notifyProblem } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { EditKeyForm } from './edit-key-form.tsx';
import { keyQuery } from './key-queries.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onRevealed: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** Changes a key. The form starts from the key as it was when the dialog opened, or was reloaded. */
export function EditKeyDialog({ keyView, onRevealed, onClose }: Props) {
  const client = useQueryClient();
  const [from, setFrom] = useState(keyView);
  const { data: service, error } = useQuery(serviceQuery(from.service));

  async function reload() {
    try {
      const { key } = await client.fetchQuery({ ...keyQuery(from.id), staleTime: 0 });
      setFrom(key);
    } catch (failed) {
      notifyProblem(problemOf(failed));
    }
  }

  return (
    <FormDialog title={`Edit ${from.name}`} onClose={onClose}>
      <ProblemAlert problem={error && problemOf(error)} />
      {!service && !error && <Loader size="sm" />}
      {service && (
        <EditKeyForm
          key={from.auditSeq}
          service={service}
          keyView={from}
          onReload={reload}
          onRevealed={onRevealed}
          onClose={onClose}
        />
      )}
    </FormDialog>
  );
}
