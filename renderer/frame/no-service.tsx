import { Button, Center, Stack, Text, Title } from '@mantine/core';

/** In the place of the list while there is no service. */
export function NoService({ onCreate }: { onCreate: (() => void) | null }) {
  return (
    <Center flex={1} p="lg">
      <Stack gap={6} align="center" maw={380}>
        <Title order={1} fz={15} fw={600}>
          No service yet
        </Title>
        <Text size="sm" c="dimmed" ta="center">
          A service is the API that a set of keys opens.
          {onCreate
            ? ' Start one from a template, then create its keys.'
            : ' An owner or an admin starts one from a template.'}
        </Text>
        {onCreate && (
          <Button mt={8} onClick={onCreate}>
            New service
          </Button>
        )}
      </Stack>
    </Center>
  );
}
