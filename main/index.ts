/** The desktop app's boot list. */
import { claimInstance, prepareApp, refuseRemoteControl, settleFolders, whenReady } from './desktop/boot.ts';
import { startDesktop } from './desktop/start-desktop.ts';

// Nothing that Keysmith writes may be read by other users of the machine.
process.umask(0o077);

const folder = settleFolders();
if (!refuseRemoteControl() && claimInstance()) {
  prepareApp();
  whenReady(() => startDesktop(folder));
}
