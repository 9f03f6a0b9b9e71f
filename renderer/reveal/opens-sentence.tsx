import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyView } from '../../preload/contract.ts';
import { accountsWord } from '../keys/grant-words.ts';
import { serviceQuery } from '../services/service-queries.ts';

const SHOWN = 6;

/** What a key opens, in a sentence: its service, and its roles or permissions. */
export function OpensSentence({ keyView }: { keyView: KeyView }) {
  const { data: service } = useQuery(serviceQuery(keyView.service));
  const titles = (entries: readonly { readonly id: string; readonly title: string }[] = []) =>
    new Map(entries.map(({ id, title }) => [id, title]));
  const permissions = titles(service?.catalog.permissions);
  const roles = titles(service?.catalog.roles);
  const grants = [
    ...keyView.roles.map(grant => {
      const accounts = accountsWord(grant);
      return `${roles.get(grant.role) ?? grant.role}${accounts === null ? '' : ` for ${accounts}`}`;
    }),
    ...keyView.permissions.map(id => permissions.get(id) ?? id),
  ];
  const shown = grants.slice(0, SHOWN);
  if (grants.length > SHOWN) shown.push(`${grants.length - SHOWN} more`);
  return (
    <Text size="sm" lineClamp={4}>
      <strong>{keyView.name}</strong> opens <strong>{service?.title ?? keyView.service}</strong>
      {grants.length === 0
        ? '. It has no permissions yet.'
        : ` with ${new Intl.ListFormat('en').format(shown)}.`}
    </Text>
  );
}
