import { Button } from '@mantine/core';

interface Props {
  readonly isPrivate: boolean;
  /** Null where the key cannot be rotated. */
  readonly onRotate: (() => void) | null;
}

/** What stands in the notification after a key ID was copied. */
export function CopiedId({ isPrivate, onRotate }: Props) {
  return (
    <>
      The key ID was copied.
      {isPrivate && ' The secret of a private key is not kept, so it cannot be copied again.'}
      {onRotate && (
        <div>
          <Button mt={6} size="compact-xs" variant="default" onClick={onRotate}>
            Rotate…
          </Button>
        </div>
      )}
    </>
  );
}
