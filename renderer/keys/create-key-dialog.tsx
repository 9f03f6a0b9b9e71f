import { Loader, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyView, Reveal, ServiceView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { problemOf } from '../ui/call.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { CreateKeyForm } from './create-key-form.tsx';

interface Props {
  readonly services: readonly ServiceView[];
  /** The service that the list shows; null for all. */
  readonly service: string | null;
  readonly like: KeyView | null;
  readonly onCreated: (reveal: Reveal) => void;
  readonly onClose: () => void;
}

/** Issues a key: which service it opens, then its form. */
export function CreateKeyDialog({ services, service, like, onCreated, onClose }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  // The list of services may arrive after the dialog was opened.
  const slug = chosen ?? like?.service ?? service ?? services[0]?.slug ?? '';
  const { data: detail, error } = useQuery({ ...serviceQuery(slug), enabled: slug !== '' });
  return (
    <FormDialog title={like ? `Create a key like ${like.name}` : 'Create key'} onClose={onClose}>
      <Stack gap="sm">
        {services.length > 1 && !like && (
          <NativeSelect
            label="Service"
            data={services.map(each => ({ value: each.slug, label: each.title }))}
            value={slug}
            onChange={event => setChosen(event.currentTarget.value)}
          />
        )}
        <ProblemAlert problem={error && problemOf(error)} />
        {!detail && !error && <Loader size="sm" />}
        {detail && (
          <CreateKeyForm key={slug} service={detail} like={like} onCreated={onCreated} onCancel={onClose} />
        )}
      </Stack>
    </FormDialog>
  );
}
