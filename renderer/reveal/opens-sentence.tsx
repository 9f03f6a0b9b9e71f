import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';

const SHOWN = 6;

/** What a key opens, in a sentence: its service and its permissions. */
export function OpensSentence({ keyView }: { keyView: KeyView }) {
  const { data: service } = useQuery(serviceQuery(keyView.service));
  const titles = new Map(service?.catalog.permissions.map(({ id, title }) => [id, title]));
  const permissions = keyView.permissions.slice(0, SHOWN).map(id => titles.get(id) ?? id);
  const more = keyView.permissions.length - permissions.length;
  if (more > 0) permissions.push(`${more} more`);
  return (
    <Text size="sm" lineClamp={4}>
      <strong>{keyView.name}</strong> opens <strong>{service?.title ?? keyView.service}</strong>
      {permissions.length === 0
        ? '. It has no permissions yet.'
        : ` with ${new Intl.ListFormat('en').format(permissions)}.`}
    </Text>
  );
}
