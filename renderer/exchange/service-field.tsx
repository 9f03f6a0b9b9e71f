import { NativeSelect } from '@mantine/core';
import type { ServiceView } from '../../preload/contract.ts';

interface Props {
  readonly label: string;
  readonly service: ServiceView;
  readonly services: readonly ServiceView[];
  readonly onChange: (slug: string) => void;
}

/** Which service's bundles. */
export function ServiceField({ label, service, services, onChange }: Props) {
  return (
    <NativeSelect
      label={label}
      data={services.map(({ slug, title }) => ({ value: slug, label: title }))}
      value={service.slug}
      onChange={event => onChange(event.currentTarget.value)}
    />
  );
}
