import { Radio, Stack } from '@mantine/core';
import { OPERATOR_ROLES, type OperatorRole } from '../../preload/contract.ts';
import { ROLE_WORDS } from './role-words.ts';

interface Props {
  readonly value: OperatorRole;
  readonly onChange: (role: OperatorRole) => void;
}

/** What somebody may do here. */
export function RoleField({ value, onChange }: Props) {
  return (
    <Radio.Group
      label="Role"
      size="xs"
      value={value}
      onChange={next => onChange(OPERATOR_ROLES.find(role => role === next) ?? value)}
    >
      <Stack gap={8} mt={6}>
        {OPERATOR_ROLES.map(role => (
          <Radio
            key={role}
            size="xs"
            value={role}
            iconColor="var(--ks-on-fill)"
            label={ROLE_WORDS[role].title}
            description={ROLE_WORDS[role].may}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
