import { Button, Stack, Text, Title } from '@mantine/core';
import classes from './empty-list.module.css';

interface Props {
  /** True when a search or a filter hides the keys. */
  readonly narrowed: boolean;
  readonly onClear: () => void;
  /** Null for those who create no keys here. */
  readonly onCreate: (() => void) | null;
}

/** In the place of a list that is empty: what to do next. */
export function EmptyList({ narrowed, onClear, onCreate }: Props) {
  return (
    <div className={classes.empty}>
      <Stack gap={6} align="center" maw={380}>
        <Title order={2} fz={15} fw={600}>
          {narrowed ? 'Nothing found' : 'No keys yet'}
        </Title>
        <Text size="sm" c="dimmed" ta="center">
          {narrowed
            ? 'No key has these words in its name, ID, description, owner or allowed IPs and passes the filters.'
            : onCreate
              ? 'Create the first key: name it, choose what it may do and when it expires. Its secret is shown once.'
              : 'Nobody has created one yet.'}
        </Text>
        {narrowed ? (
          <Button variant="default" mt={8} onClick={onClear}>
            Clear search and filters
          </Button>
        ) : (
          onCreate && (
            <Button mt={8} onClick={onCreate}>
              Create key
            </Button>
          )
        )}
      </Stack>
    </div>
  );
}
