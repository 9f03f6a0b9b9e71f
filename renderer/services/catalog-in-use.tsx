import { Text } from '@mantine/core';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

interface Props {
  /** Main's sentence: what would go, and how many keys hold it. */
  readonly message: string;
  readonly working: boolean;
  readonly onForce: () => void;
  readonly onCancel: () => void;
}

/** Asks before the catalog loses what keys hold. */
export function CatalogInUse({ message, working, onForce, onCancel }: Props) {
  return (
    <ConfirmDialog
      title="Leave out what keys hold?"
      action="Save anyway"
      working={working}
      problem={null}
      onConfirm={onForce}
      onCancel={onCancel}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {message}
      </Text>
    </ConfirmDialog>
  );
}
