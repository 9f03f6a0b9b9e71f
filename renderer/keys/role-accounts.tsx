import { TagsInput, Text } from '@mantine/core';
import { useRef } from 'react';
import { type Catalog, GRANT_ID } from '../../preload/contract.ts';
import { AccountTag } from './account-tag.tsx';
import classes from './role-picker.module.css';

interface Props {
  /** The catalog's. */
  readonly accounts: Catalog['accounts'];
  /** Account IDs. */
  readonly value: readonly string[];
  readonly wrong: boolean;
  readonly onChange: (value: string[]) => void;
}

/** So many are listed; typing finds the others. */
const LISTED = 100;

/** The accounts that a role is given for: of the catalog, or typed anew. */
export function RoleAccounts({ accounts, value, wrong, onChange }: Props) {
  const fieldRef = useRef<HTMLInputElement>(null);
  const titles = new Map(accounts.map(({ id, title }) => [id, title]));
  const added = value.filter(id => !titles.has(id));
  const impossible = added.filter(id => !GRANT_ID.test(id));

  /** Who types a title means the account that is called so. */
  function idOf(typed: string): string {
    if (titles.has(typed)) return typed;
    const word = typed.toLocaleLowerCase();
    return accounts.find(({ title }) => title.toLocaleLowerCase() === word)?.id ?? typed;
  }

  return (
    <>
      <TagsInput
        ref={fieldRef}
        size="xs"
        label="Accounts"
        placeholder={value.length === 0 ? 'Choose accounts, or type new ones' : 'Add another'}
        classNames={{ pillsList: classes.tags ?? '', inputField: classes.field ?? '' }}
        data={accounts.map(({ id, title }) => ({ value: id, label: title }))}
        value={[...value]}
        error={wrong || impossible.length > 0}
        limit={LISTED}
        // Not at spaces: titles have them.
        splitChars={[',', '\n', '\t']}
        isDuplicate={(typed, chosen) => chosen.includes(idOf(typed))}
        openOnFocus={accounts.some(({ id }) => !value.includes(id))}
        maxDropdownHeight={180}
        autoComplete="off"
        spellCheck={false}
        renderOption={({ option }) => (
          <span className={classes.option}>
            {titles.get(option.value)}
            {titles.get(option.value) !== option.value && <span className={classes.id}>{option.value}</span>}
          </span>
        )}
        renderPill={({ value: id, onRemove }) => (
          <AccountTag
            title={titles.get(id ?? '') ?? id ?? ''}
            onRemove={() => {
              onRemove?.();
              fieldRef.current?.focus();
            }}
          />
        )}
        onChange={next => onChange([...new Set(next.map(idOf))])}
      />
      <Text size="xs" c="dimmed" role="status">
        {impossible.length > 0 &&
          `${new Intl.ListFormat('en').format(impossible)} cannot be used: an account ID has 1 to 64 characters of A-Z, a-z, 0-9 and . _ : / -.`}
        {impossible.length === 0 &&
          added.length > 0 &&
          `${new Intl.ListFormat('en').format(added)} ${added.length === 1 ? 'is' : 'are'} not in the catalog, and will be added to it.`}
      </Text>
    </>
  );
}
