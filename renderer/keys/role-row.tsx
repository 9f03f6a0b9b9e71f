import { ActionIcon, Checkbox, NativeSelect, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId } from 'react';
import type { Catalog } from '../../preload/contract.ts';
import { RoleAccounts } from './role-accounts.tsx';
import type { RoleChoice } from './role-choice.ts';
import classes from './role-picker.module.css';

interface Props {
  /** What tells this row from the others. */
  readonly name: string;
  readonly choice: RoleChoice;
  /** What can be chosen here: no role twice. */
  readonly roles: readonly { readonly id: string; readonly title: string; readonly description: string }[];
  readonly accounts: Catalog['accounts'];
  readonly scoped: boolean;
  readonly wrong: boolean;
  readonly onChange: (choice: RoleChoice) => void;
  /** Null for the only row. */
  readonly onRemove: (() => void) | null;
}

/** One role of a key: which, what it means, and for which accounts. */
export function RoleRow({ name, choice, roles, accounts, scoped, wrong, onChange, onRemove }: Props) {
  const meaning = useId();
  const { role, all } = choice;
  const description = roles.find(({ id }) => id === role)?.description ?? '';
  return (
    <fieldset className={classes.row} aria-label={name}>
      <div className={classes.choice}>
        <NativeSelect
          aria-label="Role"
          className={classes.select ?? ''}
          data={[
            ...(role === '' ? [{ value: '', label: 'Choose a role' }] : []),
            ...roles.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          value={role}
          error={wrong && role === ''}
          aria-describedby={meaning}
          onChange={event => onChange({ ...choice, role: event.currentTarget.value })}
        />
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={`Remove ${name}`}
            title="Remove this role"
            onClick={onRemove}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <Text size="xs" c="dimmed" id={meaning} mt={description === '' ? 0 : 4}>
        {description}
      </Text>
      {scoped && (
        <div className={classes.accounts}>
          {!all && (
            <RoleAccounts
              accounts={accounts}
              value={choice.accounts}
              wrong={wrong}
              onChange={next => onChange({ ...choice, accounts: next })}
            />
          )}
          <Checkbox
            label="All accounts"
            description={all ? 'Those of today and all that are added later.' : undefined}
            checked={all}
            onChange={event => onChange({ ...choice, all: event.currentTarget.checked })}
          />
        </div>
      )}
    </fieldset>
  );
}
