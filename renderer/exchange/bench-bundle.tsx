import { Button, Group } from '@mantine/core';
import type { ServiceView } from '../../preload/contract.ts';
import { formatDateTime, relativeAge } from '../ui/dates.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Tag } from '../ui/tag.tsx';
import { useNow } from '../ui/use-now.ts';
import bench from './bench.module.css';
import classes from './exchange.module.css';
import { ServiceField } from './service-field.tsx';
import type { BenchSource } from './use-bench-bundle.ts';

interface Props {
  readonly source: BenchSource;
  readonly service: ServiceView;
  readonly services: readonly ServiceView[];
  readonly onService: (slug: string) => void;
}

/** Which bundle is asked. */
export function BenchBundle({ source, service, services, onService }: Props) {
  const { bundle, picked, opening, problem } = source;
  const now = useNow();
  return (
    <div className={bench.stack}>
      <div className={bench.source}>
        <div className={bench.latest}>
          <ServiceField
            label="Latest bundle of"
            service={service}
            services={services}
            onChange={slug => {
              onService(slug);
              source.takeLatest();
            }}
          />
        </div>
        <Group gap={6} wrap="nowrap">
          <Button variant="default" disabled={opening} onClick={() => source.pick('folder')}>
            Open folder…
          </Button>
          <Button variant="default" disabled={opening} onClick={() => source.pick('zip')}>
            Open .zip…
          </Button>
        </Group>
      </div>
      <ProblemAlert problem={problem} />
      {bundle ? (
        <section className={bench.bundle} aria-label="Bundle that is asked">
          <div>
            <strong>
              Bundle {bundle.sequence} of {bundle.service}
            </strong>{' '}
            {picked && <Tag>Picked</Tag>} {bundle.expiresAt * 1000 <= now && <Tag tone="warn">Ended</Tag>}
          </div>
          <div className={classes.dim}>
            Issued {formatDateTime(bundle.issuedAt)}, valid until {formatDateTime(bundle.expiresAt)} (
            {relativeAge(bundle.expiresAt, now)})
          </div>
          <div className={`${classes.path} ${classes.cut}`} title={bundle.path}>
            {bundle.path}
          </div>
        </section>
      ) : (
        !opening &&
        !problem && (
          <p className={`${bench.bundle} ${classes.dim}`}>
            No bundle of {service.title} was found: none was exported from here, or it was moved away. Export
            one, or open one.
          </p>
        )
      )}
      {picked && (
        <div>
          <Button variant="default" size="compact-xs" disabled={opening} onClick={source.takeLatest}>
            Back to the latest of {service.title}
          </Button>
        </div>
      )}
    </div>
  );
}
