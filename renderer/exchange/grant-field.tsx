import { Autocomplete, Group, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { Catalog } from '../../preload/contract.ts';
import type { BenchQuestion } from './bench-question.ts';
import classes from './exchange.module.css';

interface Props {
  readonly question: BenchQuestion;
  /** What is suggested; undefined where the service is not of this installation. */
  readonly catalog: Catalog | undefined;
  readonly onChange: (change: Partial<BenchQuestion>) => void;
}

const GRANTS = [
  { value: 'none', label: 'Nothing' },
  { value: 'permission', label: 'Permission' },
  { value: 'role', label: 'Role' },
] as const;

const ids = (entries: readonly { readonly id: string }[] = []) => entries.map(({ id }) => id);

/** What the key should be good for. */
export function GrantField({ question, catalog, onChange }: Props) {
  const labelId = useId();
  const { grant } = question;
  const field = (name: 'permission' | 'role' | 'account', label: string, suggested: readonly string[]) => (
    <Autocomplete
      size="xs"
      label={label}
      data={[...suggested]}
      limit={50}
      spellCheck={false}
      value={question[name]}
      onChange={text => onChange({ [name]: text })}
      flex={1}
    />
  );
  return (
    <div>
      <div id={labelId} className={classes.legend}>
        Asks for
      </div>
      <SegmentedControl
        size="xs"
        aria-labelledby={labelId}
        data={[...GRANTS]}
        value={grant}
        onChange={next => onChange({ grant: GRANTS.find(({ value }) => value === next)?.value ?? 'none' })}
      />
      {grant !== 'none' && (
        <Group gap="xs" mt={6} align="start" wrap="nowrap">
          {grant === 'permission' && field('permission', 'Permission', ids(catalog?.permissions))}
          {grant === 'role' && field('role', 'Role', ids(catalog?.roles))}
          {grant === 'role' && field('account', 'Account', ids(catalog?.accounts))}
        </Group>
      )}
    </div>
  );
}
