import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import {
  defaultPrefix,
  parsePrefix,
  parseSlug,
  parseTitle,
  type TemplateView,
} from '../../preload/contract.ts';
import { call } from '../ui/call.ts';
import { Dialog } from '../ui/dialog.tsx';
import { fieldRule } from '../ui/field-rule.ts';
import { FormFooter } from '../ui/form-footer.tsx';
import { notify } from '../ui/notify.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { ServiceFields, type ServiceValues } from './service-fields.tsx';
import { TemplateChoice } from './template-choice.tsx';

interface Props {
  readonly templates: readonly TemplateView[];
  readonly taken: readonly string[];
  readonly onCreated: (slug: string) => void;
  readonly onClose: () => void;
}

interface Values extends ServiceValues {
  template: string;
}

const FIELDS: Readonly<Record<string, keyof Values>> = {
  title: 'title',
  service: 'slug',
  slug: 'slug',
  prefix: 'prefix',
};

/** Adds a service from a template. */
export function CreateServiceDialog({ templates, taken, onCreated, onClose }: Props) {
  const { working, problem, run } = useWork();
  const wrong = useWrongFocus();
  const form = useForm<Values>({
    initialValues: valuesOf(templates[0], taken),
    validate: {
      title: fieldRule((value: string) => parseTitle(value.trim())),
      slug: fieldRule(parseSlug),
      prefix: fieldRule(parsePrefix),
    },
  });

  const submit = form.onSubmit(
    ({ title, slug, prefix, template }) =>
      run(
        async () => {
          const service = await call(
            window.keysmith.services.create({
              service: slug,
              template,
              title: title.trim(),
              prefix: prefix || defaultPrefix(parseSlug(slug)),
            }),
          );
          notify(`The service ${service.title} was created.`);
          onCreated(service.slug);
        },
        ({ field, message }) => {
          const at = field === undefined ? undefined : FIELDS[field];
          if (at) wrong.refuse(() => form.setFieldError(at, message));
          return at !== undefined;
        },
      ),
    wrong.focus,
  );

  return (
    <Dialog title="New service" size={560} onClose={onClose} closeOnClickOutside={false}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TemplateChoice
            label="Start from"
            templates={templates}
            value={form.values.template}
            onChange={id => {
              form.setValues(
                valuesOf(
                  templates.find(template => template.id === id),
                  taken,
                ),
              );
              form.clearErrors();
            }}
          />
          <ServiceFields form={form} />
          <ProblemAlert problem={problem} />
        </Stack>
        <FormFooter working={working} onCancel={onClose}>
          Create service
        </FormFooter>
      </form>
    </Dialog>
  );
}

/** A template's own names; empty where a service has them already, so that the admin gives others. */
function valuesOf(template: TemplateView | undefined, taken: readonly string[]): Values {
  if (!template) return { template: '', title: '', slug: '', prefix: '' };
  const free = !taken.includes(template.service.slug);
  return { template: template.id, ...(free ? template.service : { title: '', slug: '', prefix: '' }) };
}
