import { Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { LIMITS } from '../../preload/contract.ts';

export interface ServiceValues {
  title: string;
  slug: string;
  prefix: string;
}

/** Title, slug and token prefix of a service, for whatever form has them. */
export function ServiceFields<Values extends ServiceValues>({ form }: { form: UseFormReturnType<Values> }) {
  return (
    <Stack gap="sm">
      <TextInput label="Service title" maxLength={LIMITS.title * 2} {...form.getInputProps('title')} />
      <TextInput
        label="Short name"
        description="Names the service in commands and file names: a-z, 0-9 and -."
        classNames={{ input: 'mono' }}
        spellCheck={false}
        {...form.getInputProps('slug')}
      />
      <TextInput
        label="Token prefix"
        description="Every secret of this service starts with it, so that a leaked one is recognised."
        classNames={{ input: 'mono' }}
        spellCheck={false}
        {...form.getInputProps('prefix')}
      />
    </Stack>
  );
}
