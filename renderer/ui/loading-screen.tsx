import { Center, Loader } from '@mantine/core';
import { useDelayed } from './use-delayed.ts';

/** A wait that fills the window; shows itself only when it lasts. */
export function LoadingScreen() {
  const late = useDelayed(true);
  return <Center h="100%">{late && <Loader size="sm" role="status" aria-label="Loading" />}</Center>;
}
