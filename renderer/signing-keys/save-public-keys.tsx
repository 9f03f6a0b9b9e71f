import { call } from '../ui/call.ts';
import { SaveToFile } from '../ui/save-to-file.tsx';

const FILES = { trust: 'trust.json', jwks: 'jwks.json' } as const;

/** Has main write public keys to a file of the admin's choice. */
export function SavePublicKeys({ what }: { what: keyof typeof FILES }) {
  return (
    <SaveToFile
      action={`Save ${FILES[what]}…`}
      what={FILES[what]}
      save={() => call(window.keysmith.signingKeys.save({ what }))}
    />
  );
}
