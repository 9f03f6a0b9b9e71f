import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ServiceView } from '../../preload/contract.ts';
import { Page } from '../ui/page.tsx';
import tabs from '../ui/tabs.module.css';
import { BenchTab } from './bench-tab.tsx';
import { BundleTab } from './bundle-tab.tsx';
import classes from './exchange.module.css';
import type { ExportPlace, ExportTab } from './export-place.ts';
import { InventoryTab } from './inventory-tab.tsx';

interface Props {
  readonly services: readonly ServiceView[];
  readonly at: ExportPlace;
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly onAt: (change: Partial<ExportPlace>) => void;
}

const TABS = [
  { id: 'inventory', title: 'Inventory' },
  { id: 'bundle', title: 'Verification bundle' },
  { id: 'bench', title: 'Verdict bench' },
] as const satisfies readonly { readonly id: ExportTab; readonly title: string }[];

/** What leaves as files: inventories and bundles, and the bench that asks a bundle. */
export function ExportPage({ services, at, above, onAt }: Props) {
  const service = services.find(({ slug }) => slug === at.service) ?? services[0];
  const none = <p>No service yet: there is nothing to export a bundle of.</p>;
  return (
    <Page title="Export" above={above}>
      {/* What was chosen in one tab stays while the others are looked at, and so does an export that runs. */}
      <Tabs
        value={at.tab}
        onChange={next => onAt({ tab: TABS.find(({ id }) => id === next)?.id ?? 'inventory' })}
        keepMounted
        className={`${tabs.tabs} ${classes.tabs}`}
      >
        <Tabs.List>
          {TABS.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="inventory" pt="md">
          <InventoryTab at={at} services={services} onAt={onAt} />
        </Tabs.Panel>
        <Tabs.Panel value="bundle" pt="md">
          {service ? (
            <BundleTab service={service} services={services} onService={slug => onAt({ service: slug })} />
          ) : (
            none
          )}
        </Tabs.Panel>
        <Tabs.Panel value="bench" pt="md">
          {service ? (
            <BenchTab
              service={service}
              services={services}
              shown={at.tab === 'bench'}
              onService={slug => onAt({ service: slug })}
            />
          ) : (
            none
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
