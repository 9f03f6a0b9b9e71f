import { Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { KINDS, MANAGERS } from '../../preload/contract.ts';
import type { PolicyValues } from './policy-values.ts';
import classes from './service-settings.module.css';

const KIND_LABELS = { private: 'Private keys', public: 'Public keys' } as const;
const MANAGER_LABELS = { manager: 'Managers, admins and owners', admin: 'Admins and owners' } as const;

/** The fields of a policy. */
export function PolicyFields({ form }: { form: UseFormReturnType<PolicyValues> }) {
  const tick = (name: keyof PolicyValues) => form.getInputProps(name, { type: 'checkbox' });
  return (
    <>
      <Checkbox.Group label="Kinds" size="xs" {...form.getInputProps('kinds')}>
        <Group gap="md" mt={6} mb={form.errors.kinds ? 6 : 0}>
          {KINDS.map(kind => (
            <Checkbox
              key={kind}
              value={kind}
              label={KIND_LABELS[kind]}
              aria-invalid={form.errors.kinds ? true : undefined}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <fieldset className={classes.group}>
        <legend className={classes.legend}>Expiry</legend>
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              label="Default"
              placeholder="None"
              autoComplete="off"
              {...form.getInputProps('standard')}
            />
            <TextInput
              label="At the latest after"
              placeholder="No limit"
              autoComplete="off"
              {...form.getInputProps('max')}
            />
          </SimpleGrid>
          <TextInput
            label="Choices"
            description="Separated by commas, such as 30 days, 6 months, 1 year."
            autoComplete="off"
            {...form.getInputProps('choices')}
          />
          <Checkbox label="Every key must have an expiry" {...tick('required')} />
        </Stack>
      </fieldset>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label="Private keys are due for rotation after"
          placeholder="Never"
          autoComplete="off"
          {...form.getInputProps('rotation')}
        />
        <NativeSelect
          label="Keys are managed by"
          data={MANAGERS.map(role => ({ value: role, label: MANAGER_LABELS[role] }))}
          {...form.getInputProps('managedBy')}
        />
      </SimpleGrid>
      <Checkbox label="Keys may be bound to IP addresses" {...tick('allowedIps')} />
      <Checkbox label="Keys may be renamed" {...tick('renamable')} />
    </>
  );
}
