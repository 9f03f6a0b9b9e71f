import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { KeyView, ServiceDetail } from '../../preload/contract.ts';
import { AllowedIpsField } from './allowed-ips-field.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { usesIps } from './ip-entries.ts';
import type { KeyValues } from './key-form.ts';
import { KindField } from './kind-field.tsx';
import { entriesOf, grantable } from './permission-groups.ts';
import { PermissionPicker } from './permission-picker.tsx';
import { RolePicker } from './role-picker.tsx';

interface Props {
  readonly form: UseFormReturnType<KeyValues>;
  readonly service: ServiceDetail;
  /** The key that is edited; absent for a new one. */
  readonly editing?: KeyView;
}

/** The fields that a new key and an edited one share. */
export function KeyFields({ form, service, editing }: Props) {
  const { catalog, policy } = service;
  const { kind, permissions, ips, expiry } = form.values;
  const isPublic = kind === 'public';
  const safe = isPublic ? catalog.permissions.filter(entry => entry.public_safe) : catalog.permissions;
  // What an edited key holds and is not offered any more can be seen, and taken away.
  const held = entriesOf(
    (editing?.permissions ?? []).filter(id => !safe.some(entry => entry.id === id)),
    catalog,
  );
  const chosen = editing ? permissions : grantable(permissions, kind, catalog);
  const hidden = permissions.filter(id => !chosen.includes(id));
  const hasRoles = catalog.roles.length + (editing?.roles.length ?? 0) > 0;
  const notPublic = permissions.filter(id => !grantable(permissions, 'public', catalog).includes(id));

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
      {!editing && (
        <KindField
          policy={policy}
          grant={hasRoles && catalog.permissions.length === 0 ? 'role' : 'permission'}
          value={kind}
          notPublic={entriesOf(notPublic, catalog).map(({ title }) => title)}
          error={textOf(form.errors.kind)}
          onChange={next => form.setFieldValue('kind', next)}
        />
      )}
      {hasRoles && (
        <RolePicker
          catalog={catalog}
          held={editing?.roles ?? []}
          value={form.values.roles}
          error={textOf(form.errors.roles)}
          onChange={roles => form.setFieldValue('roles', roles)}
        />
      )}
      {(!hasRoles || safe.length + held.length > 0) && (
        <PermissionPicker
          permissions={[...safe, ...held]}
          value={chosen}
          error={textOf(form.errors.permissions)}
          note={
            isPublic && safe.length < catalog.permissions.length
              ? 'A public key may be seen by anyone, so only permissions that are safe in public are offered.'
              : undefined
          }
          onChange={ids => form.setFieldValue('permissions', [...ids, ...hidden])}
        />
      )}
      {usesIps(policy, editing?.allowedIps) ? (
        <AllowedIpsField
          value={ips}
          error={textOf(form.errors.ips)}
          offered={policy.allowed_ips}
          onChange={value => form.setFieldValue('ips', value)}
        />
      ) : (
        <Text size="xs" c="dimmed">
          Allowed IPs are not offered: this service binds no keys to addresses.
        </Text>
      )}
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
