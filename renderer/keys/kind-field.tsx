import { Input, SegmentedControl, Text } from '@mantine/core';
import { useId } from 'react';
import type { Kind, Policy } from '../../preload/contract.ts';

interface Props {
  readonly policy: Policy;
  /** What a key is given: a permission or a role. */
  readonly grant: 'permission' | 'role';
  readonly value: Kind;
  /** Titles of what is ticked and cannot be given to a public key. */
  readonly notPublic: readonly string[];
  readonly error?: string | undefined;
  readonly onChange: (kind: Kind) => void;
}

const LABELS = { private: 'Private', public: 'Public' } as const;
const meaningsOf = (grant: Props['grant']) => ({
  private: `A secret for servers, shown once. It can be given every ${grant}.`,
  public:
    'For web pages and devices, where anyone may see it. It can be copied again, and takes public-safe permissions only.',
});

/** Whether a key is a secret, and what follows from it. */
export function KindField({ policy: { kinds }, grant, value, notPublic, error, onChange }: Props) {
  const id = useId();
  const meanings = meaningsOf(grant);
  const [only] = kinds;
  if (kinds.length === 1 && only) {
    return (
      <Text size="xs" c="dimmed">
        {LABELS[only]} key: {meanings[only]} This service has no {only === 'private' ? 'public' : 'private'}{' '}
        keys.
      </Text>
    );
  }
  const names = new Intl.ListFormat('en').format(notPublic);
  return (
    <Input.Wrapper label="Kind" labelElement="div" size="xs" error={error}>
      <SegmentedControl
        size="xs"
        aria-label="Kind"
        aria-describedby={id}
        display="flex"
        w="fit-content"
        mt={4}
        data={kinds.map(kind => ({ value: kind, label: LABELS[kind] }))}
        value={value}
        onChange={kind => onChange(kind === 'public' ? 'public' : 'private')}
      />
      <div id={id} role="status">
        <Text size="xs" c="dimmed" mt={4}>
          {meanings[value]}
        </Text>
        {notPublic.length > 0 && kinds.includes('public') && (
          <Text size="xs" c={value === 'public' ? 'var(--ks-warn)' : 'dimmed'} mt={4}>
            {value === 'public'
              ? `Not given to this key, since they are not public-safe: ${names}.`
              : `Switching to Public leaves out ${names}.`}
          </Text>
        )}
      </div>
    </Input.Wrapper>
  );
}
