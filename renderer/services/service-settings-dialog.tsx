import { Loader, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../ui/call.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import tabs from '../ui/tabs.module.css';
import { CatalogSettings } from './catalog-settings.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { PolicySettings } from './policy-settings.tsx';
import { serviceQuery } from './service-queries.ts';

interface Props {
  /** Slug. */
  readonly service: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** Everything about a service that can be changed: its names, its policy and its catalog, each saved by itself. */
export function ServiceSettingsDialog({ service: slug, title, onClose }: Props) {
  const { data: service, error } = useQuery(serviceQuery(slug));
  return (
    <FormDialog title={`Settings of ${service?.title ?? title}`} size={680} onClose={onClose}>
      <ProblemAlert problem={error && problemOf(error)} />
      {!service && !error && <Loader size="sm" />}
      {service && (
        // What was changed in one tab stays while the others are looked at.
        <Tabs defaultValue="general" keepMounted className={tabs.tabs ?? ''}>
          <Tabs.List>
            <Tabs.Tab value="general">General</Tabs.Tab>
            <Tabs.Tab value="policy">Policy</Tabs.Tab>
            <Tabs.Tab value="catalog">Catalog</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="general" pt="sm">
            <GeneralSettings service={service} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="policy" pt="sm">
            <PolicySettings service={service} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="catalog" pt="sm">
            <CatalogSettings service={service} onClose={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
    </FormDialog>
  );
}
