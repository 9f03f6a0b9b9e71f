import { Button } from '@mantine/core';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { WorkButton } from '../ui/work-button.tsx';

interface Props {
  readonly working: boolean;
  /** Whether there is anything to save. */
  readonly changed: boolean;
  readonly onClose: () => void;
}

/** The end of every form of a service's settings: saving leaves the dialog open. */
export function SettingsFooter({ working, changed, onClose }: Props) {
  return (
    <DialogFooter>
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
      <WorkButton type="submit" working={working} disabled={!changed}>
        Save
      </WorkButton>
    </DialogFooter>
  );
}
