import { call } from '../ui/call.ts';
import { SaveToFile } from '../ui/save-to-file.tsx';

/** Has main write the secret to a file of the admin's choice. */
export function SaveSecret({ handle }: { handle: string }) {
  return (
    <SaveToFile
      action="Save to file…"
      what="The secret"
      save={() => call(window.keysmith.reveal.save({ handle }))}
    />
  );
}
