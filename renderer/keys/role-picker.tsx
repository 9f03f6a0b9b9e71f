import { Button, Input } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Catalog, RoleGrant } from '../../preload/contract.ts';
import { isScoped, noRole, type RoleChoice } from './role-choice.ts';
import classes from './role-picker.module.css';
import { RoleRow } from './role-row.tsx';

interface Props {
  readonly catalog: Catalog;
  /** Roles of the key that is edited: those that left the catalog can be seen, and taken away. */
  readonly held: readonly RoleGrant[];
  readonly value: readonly RoleChoice[];
  readonly error?: string | undefined;
  readonly onChange: (value: RoleChoice[]) => void;
}

/** The roles of a key, row by row, each with its accounts where it is given for accounts. */
export function RolePicker({ catalog, held, value, error, onChange }: Props) {
  const offered = [
    ...catalog.roles,
    ...held
      .filter(({ role }) => !catalog.roles.some(({ id }) => id === role))
      .map(({ role }) => ({ id: role, title: role, description: 'No longer in the catalog.' })),
  ];
  const chosen = new Set(value.map(({ role }) => role));
  const left = offered.filter(({ id }) => !chosen.has(id)).length - (chosen.has('') ? 1 : 0);
  const isIncomplete = ({ role, all, accounts }: RoleChoice) =>
    role === '' || (isScoped(role, catalog, held) && !all && accounts.length === 0);
  const wrong = error !== undefined;
  const sectionRef = useRef<HTMLElement>(null);
  const focusRow = (nth: number) => sectionRef.current?.querySelectorAll('select')[nth]?.focus();

  function add() {
    // The button may go with the last role that is left.
    flushSync(() => onChange([...value, noRole()]));
    focusRow(value.length);
  }

  function remove(nth: number) {
    focusRow(nth === 0 ? 1 : nth - 1);
    onChange(value.filter((_, other) => other !== nth));
  }

  return (
    // The list of accounts opens below: it must not cover what is wrong.
    <Input.Wrapper
      labelElement="div"
      size="xs"
      label="Roles"
      error={error}
      inputWrapperOrder={['label', 'error', 'input']}
    >
      <section
        ref={sectionRef}
        className={classes.picker}
        aria-label="Roles"
        tabIndex={-1}
        // The focus goes to the row that lacks something, where there is one.
        data-wrong-field={(wrong && !value.some(isIncomplete)) || undefined}
      >
        {value.map((choice, nth) => (
          <RoleRow
            key={choice.row}
            name={`Role ${nth + 1}`}
            choice={choice}
            roles={offered.filter(({ id }) => id === choice.role || !chosen.has(id))}
            accounts={catalog.accounts}
            scoped={isScoped(choice.role, catalog, held)}
            wrong={wrong && isIncomplete(choice)}
            onChange={next => onChange(value.map(each => (each === choice ? next : each)))}
            onRemove={value.length > 1 ? () => remove(nth) : null}
          />
        ))}
        {left > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            className={classes.add ?? ''}
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={add}
          >
            Add another role
          </Button>
        )}
      </section>
    </Input.Wrapper>
  );
}
