import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { CALENDAR_LABELS, dayWord } from '../ui/calendar.ts';

interface Props {
  /** `YYYY-MM-DD`. */
  readonly value: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The furthest expiry that is allowed, in seconds since the epoch; null: no limit. */
  readonly latest: number | null;
  readonly invalid: boolean;
  readonly onChange: (value: string | null) => void;
}

/** The day at whose end a key expires. */
export function ExpiryDate({ value, now, latest, invalid, onChange }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <DateInput
      aria-label="Expiry date"
      placeholder="Choose a date"
      value={value}
      minDate={new Date(now)}
      {...(latest === null ? {} : { maxDate: new Date(latest * 1000) })}
      valueFormat={dayWord}
      error={invalid}
      onChange={onChange}
      popoverProps={{ withinPortal: true, onOpen: () => setOpen(true), onClose: () => setOpen(false) }}
      ariaLabels={CALENDAR_LABELS}
      // Escape closes the calendar alone, not the dialog around it with all that was typed.
      data-mantine-stop-propagation={open || undefined}
      w={150}
    />
  );
}
