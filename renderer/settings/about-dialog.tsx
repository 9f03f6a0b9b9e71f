import { Button } from '@mantine/core';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { AboutFacts } from './about-facts.tsx';
import { showLicences } from './show-licences.ts';

/** Which Keysmith this is. */
export function AboutDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="About Keysmith" onClose={onClose}>
      <AboutFacts />
      <DialogFooter
        start={
          <Button variant="default" onClick={showLicences}>
            Licences…
          </Button>
        }
      >
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
