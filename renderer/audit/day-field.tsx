import { DateInput } from '@mantine/dates';
import { CALENDAR_LABELS, dayWord } from '../ui/calendar.ts';

interface Props {
  readonly label: string;
  /** `YYYY-MM-DD`. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** A day that narrows a list, or none. */
export function DayField({ label, value, onChange }: Props) {
  return (
    <DateInput
      aria-label={label}
      placeholder={label}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}`, tabIndex: 0 }}
      valueFormat={dayWord}
      onChange={onChange}
      popoverProps={{ withinPortal: true }}
      ariaLabels={CALENDAR_LABELS}
      w={112}
      flex="none"
    />
  );
}
