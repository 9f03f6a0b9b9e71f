import { Button, FileButton } from '@mantine/core';
import { useRef } from 'react';

interface Props {
  readonly disabled: boolean;
  readonly onRead: (text: string) => void;
}

/** More bytes than any catalog that main takes: the rest of a file that was chosen by mistake is not read. */
const ENOUGH = 5_000_001;

/** Reads a catalog from a file of the admin's choice. */
export function ImportCatalog({ disabled, onRead }: Props) {
  const resetRef = useRef<() => void>(null);

  async function read(file: File | null) {
    if (!file) return;
    const text = await file.slice(0, ENOUGH).text();
    // The same file, once it was mended, can be chosen again.
    resetRef.current?.();
    onRead(text);
  }

  return (
    <FileButton onChange={file => void read(file)} accept="application/json,.json" resetRef={resetRef}>
      {props => (
        <Button {...props} variant="default" disabled={disabled}>
          Import JSON…
        </Button>
      )}
    </FileButton>
  );
}
