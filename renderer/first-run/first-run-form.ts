import {
  defaultPrefix,
  parseInstallationName,
  parsePrefix,
  parseSlug,
  parseTitle,
  type Request,
  type TemplateView,
} from '../../preload/contract.ts';
import type { ServiceValues } from '../services/service-fields.tsx';
import type { Problem } from '../ui/call.ts';
import { fieldRule } from '../ui/field-rule.ts';

export interface FirstRunValues extends ServiceValues {
  name: string;
  template: string;
  passphrase: string;
  again: string;
}

export function initialFirstRun(templates: readonly TemplateView[]): FirstRunValues {
  const [first] = templates;
  return {
    name: '',
    template: first?.id ?? '',
    title: first?.service.title ?? '',
    slug: first?.service.slug ?? '',
    prefix: first?.service.prefix ?? '',
    passphrase: '',
    again: '',
  };
}

/** Rules for the form; the passphrase counts only where no keychain answers. */
export function firstRunRules(withPassphrase: boolean) {
  return {
    name: fieldRule((value: string) => parseInstallationName(value.trim())),
    title: fieldRule((value: string) => parseTitle(value.trim())),
    slug: fieldRule(parseSlug),
    prefix: fieldRule(parsePrefix),
    passphrase: (value: string) => (withPassphrase && value === '' ? 'Give a passphrase.' : null),
    again: (value: string, values: FirstRunValues) =>
      withPassphrase && value !== values.passphrase ? 'The two passphrases differ.' : null,
  };
}

export function toInstallationRequest(
  { name, template, title, slug, prefix, passphrase }: FirstRunValues,
  withPassphrase: boolean,
): Request<'app:create-installation'> {
  return {
    name: name.trim(),
    template,
    vault: withPassphrase ? 'passphrase' : 'keychain',
    ...(withPassphrase ? { passphrase } : {}),
    service: { title: title.trim(), slug, prefix: prefix || defaultPrefix(parseSlug(slug)) },
  };
}

const FIELDS: Readonly<Record<string, keyof FirstRunValues>> = {
  name: 'name',
  title: 'title',
  service: 'slug',
  slug: 'slug',
  prefix: 'prefix',
  passphrase: 'passphrase',
};

/** The field of the form that a failure belongs to. */
export function atField({ field }: Problem): keyof FirstRunValues | undefined {
  return field === undefined ? undefined : FIELDS[field];
}
