import { Input, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { KeyView, ServiceDetail } from '../../preload/contract.ts';
import { ExpiryField } from './expiry-field.tsx';
import type { KeyValues } from './key-form.ts';
import { entriesOf } from './permission-groups.ts';
import { PermissionPicker } from './permission-picker.tsx';

interface Props {
  readonly form: UseFormReturnType<KeyValues>;
  readonly service: ServiceDetail;
  /** The key that is edited; absent for a new one. */
  readonly editing?: KeyView;
}

const KIND_LABELS = { private: 'Private', public: 'Public' } as const;

/** The fields that a new key and an edited one share. */
export function KeyFields({ form, service, editing }: Props) {
  const { catalog, policy } = service;
  const { kind, permissions, expiry } = form.values;
  const gone = entriesOf(
    (editing?.permissions ?? []).filter(id => !catalog.permissions.some(entry => entry.id === id)),
    catalog,
  );
  const isPublic = kind === 'public';
  const offered = isPublic ? catalog.permissions.filter(entry => entry.public_safe) : catalog.permissions;

  return (
    <Stack gap="sm">
      {!editing && (
        <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
      )}
      <Textarea label="Description" autosize minRows={2} maxRows={5} {...form.getInputProps('description')} />
      <TextInput
        label="Owner"
        placeholder="Who holds the key: a person, a team or a system"
        autoComplete="off"
        {...form.getInputProps('owner')}
      />
      {!editing && policy.kinds.length > 1 && (
        <Input.Wrapper label="Kind" labelElement="div" size="xs" error={form.errors.kind}>
          <SegmentedControl
            size="xs"
            aria-label="Kind"
            display="flex"
            w="fit-content"
            data={policy.kinds.map(value => ({ value, label: KIND_LABELS[value] }))}
            value={kind}
            onChange={chosen => {
              const next = chosen === 'public' ? 'public' : 'private';
              form.setFieldValue('kind', next);
              if (next === 'public') {
                const safe = new Set(
                  catalog.permissions.flatMap(entry => (entry.public_safe ? [entry.id] : [])),
                );
                form.setFieldValue(
                  'permissions',
                  permissions.filter(id => safe.has(id)),
                );
              }
            }}
          />
        </Input.Wrapper>
      )}
      <PermissionPicker
        permissions={[...offered, ...gone]}
        value={permissions}
        error={textOf(form.errors.permissions)}
        note={
          isPublic && offered.length < catalog.permissions.length
            ? 'A public key may be seen by anyone, so only permissions that are safe in public are offered.'
            : undefined
        }
        onChange={ids => form.setFieldValue('permissions', ids)}
      />
      <ExpiryField
        policy={policy}
        value={expiry}
        error={textOf(form.errors.expiry)}
        current={editing ? editing.expiresAt : undefined}
        onChange={value => form.setFieldValue('expiry', value)}
      />
    </Stack>
  );
}

function textOf(error: unknown): string | undefined {
  return typeof error === 'string' ? error : undefined;
}
