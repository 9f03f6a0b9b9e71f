import { TextInput } from '@mantine/core';
import { formatCount } from '../../ui/dates.ts';

interface Props {
  readonly count: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Above so many keys, a click is not enough. */
const TYPED_ABOVE = 10;

export function mustTypeNumber(count: number): boolean {
  return count > TYPED_ABOVE;
}

/** The number of keys, typed by the admin: nobody changes hundreds of keys by mistake. */
export function NumberField({ count, value, onChange }: Props) {
  return (
    <TextInput
      label={`Type ${formatCount(count)} to confirm`}
      inputMode="numeric"
      autoComplete="off"
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    />
  );
}
