import { Button, Stack, Text } from '@mantine/core';
import type { SigningKeyView } from '../../preload/contract.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { DependentKeys } from './dependent-keys.tsx';
import { KidText } from './kid-text.tsx';
import { Retirement } from './retirement.tsx';

/** Who depends on a token key. */
export function DependentsDialog({
  signingKey,
  onClose,
}: {
  signingKey: SigningKeyView;
  onClose: () => void;
}) {
  return (
    <Dialog title="Who depends on this key" size={480} onClose={onClose}>
      <Stack gap="xs">
        <KidText kid={signingKey.kid} />
        <DependentKeys kid={signingKey.kid} />
        <Text size="sm" c="dimmed">
          <Retirement signingKey={signingKey} />
        </Text>
      </Stack>
      <DialogFooter>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
