import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ExportedBundleView, ServiceView } from '../../preload/contract.ts';
import { problemOf } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useNow } from '../ui/use-now.ts';
import { useRights } from '../ui/use-rights.ts';
import { BundleHistory } from './bundle-history.tsx';
import { BundleResult, bundleWords } from './bundle-result.tsx';
import classes from './exchange.module.css';
import { bundlesQuery } from './exchange-queries.ts';
import { ExportAction } from './export-action.tsx';
import { NextBundle } from './next-bundle.tsx';
import { forgetNextBundle } from './notify-next-bundle.ts';
import { ServiceField } from './service-field.tsx';
import { useExport } from './use-export.ts';
import { FIRST_VALIDITY, toValidFor, validityProblem } from './validity-choice.ts';
import { ValidityField } from './validity-field.tsx';

interface Props {
  readonly service: ServiceView;
  readonly services: readonly ServiceView[];
  readonly onService: (slug: string) => void;
}

/** A bundle, and whose it is. */
interface Done {
  readonly of: string;
  readonly exported: ExportedBundleView;
}

const AS = {
  folder: 'A new folder, for services that read its files one by one.',
  zip: 'One file, to carry or to send.',
} as const;

/** Exports what a service needs to verify its keys offline. */
export function BundleTab({ service, services, onService }: Props) {
  const asId = useId();
  const now = Math.floor(useNow(20_000) / 1000);
  const [as, setAs] = useState<keyof typeof AS>('folder');
  const [validity, setValidity] = useState(FIRST_VALIDITY);
  const run = useExport<Done>();
  const exporting = useRights().may('bundle.export');
  const { data: list, error } = useQuery(bundlesQuery(service.slug));
  const done = run.end?.kind === 'written' && run.end.what.of === service.slug ? run.end.what.exported : null;

  function start() {
    const of = service.slug;
    const request = { service: of, as, validFor: toValidFor(validity) };
    run.start(
      async id => {
        const result = await window.keysmith.exports.bundle({ id, ...request });
        if (!result.ok) return result;
        if (result.value) forgetNextBundle();
        return { ok: true, value: result.value && { of, exported: result.value } };
      },
      ({ exported }) => bundleWords(exported),
    );
  }

  return (
    <div className={classes.tab}>
      <div className={classes.columnsOfTab}>
        <div className={classes.card}>
          <ServiceField label="Service" service={service} services={services} onChange={onService} />
          {exporting && (
            <>
              <div>
                <div id={asId} className={classes.legend}>
                  As
                </div>
                <SegmentedControl
                  size="xs"
                  aria-labelledby={asId}
                  data={[
                    { value: 'folder', label: 'Folder' },
                    { value: 'zip', label: '.zip file' },
                  ]}
                  value={as}
                  onChange={next => setAs(next === 'zip' ? 'zip' : 'folder')}
                />
                <Text size="sm" c="dimmed" mt={4}>
                  {AS[as]}
                </Text>
              </div>
              <ValidityField value={validity} onChange={setValidity} />
              <ExportAction
                run={run}
                wrong={validityProblem(validity, now) === null ? null : ''}
                onStart={start}
              />
            </>
          )}
        </div>
        <div className={classes.card}>
          <ProblemAlert problem={error && problemOf(error)} />
          {done ? (
            <BundleResult done={done} changes={list?.changes} />
          ) : (
            list && <NextBundle list={list} service={service} />
          )}
        </div>
      </div>
      {list && <BundleHistory bundles={list.bundles} service={service} />}
    </div>
  );
}
