import { Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
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

/**
 * Changes a key. The form starts from the key as it is when the dialog opens, or is reloaded: the row that it was
 * opened from may be older than what was done to the key a moment ago.
 */
export function EditKeyDialog({ keyView, onRevealed, onClose }: Props) {
  const client = useQueryClient();
  const [from, setFrom] = useState<KeyView>();
  const { data: service, error } = useQuery(serviceQuery(keyView.service));

  const load = useCallback(async () => {
    try {
      const { key } = await client.fetchQuery({ ...keyQuery(keyView.id), staleTime: 0 });
      setFrom(key);
    } catch (failed) {
      notifyProblem(problemOf(failed));
      setFrom(known => known ?? keyView);
    }
  }, [client, keyView]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; a row that changes later asks before it reloads
  useEffect(() => void load(), []);

  return (
    <FormDialog title={`Edit ${(from ?? keyView).name}`} onClose={onClose}>
      <ProblemAlert problem={error && problemOf(error)} />
      {!(service && from) && !error && <Loader size="sm" />}
      {service && from && (
        <EditKeyForm
          key={from.auditSeq}
          service={service}
          keyView={from}
          onReload={load}
          onRevealed={onRevealed}
          onClose={onClose}
        />
      )}
    </FormDialog>
  );
}
