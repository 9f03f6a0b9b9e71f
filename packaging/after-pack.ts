import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { FUSES } from './fuses.ts';

/** electron-builder's hook between laying out the app and signing it. */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  requireCli(context);
  await flipFuses(executableOf(context), {
    ...FUSES,
    // Apple's own processors run nothing unsigned: where no real signature follows, the one of the machine is renewed.
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin' && process.platform === 'darwin',
  });
}

/** electron-builder only warns of a file that is not there, and /usr/bin/keysmith would lead nowhere. */
function requireCli({ appOutDir, electronPlatformName }: AfterPackContext): void {
  if (electronPlatformName !== 'linux' || existsSync(join(appOutDir, 'resources/cli/keysmith'))) return;
  throw new Error(
    'The command line for this processor is not packed yet: "npm run pack:cli -- --target NAME" does that.',
  );
}

function executableOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  switch (electronPlatformName) {
    case 'darwin':
      return join(appOutDir, `${productFilename}.app`);
    case 'win32':
      return join(appOutDir, `${productFilename}.exe`);
    case 'linux':
      return join(appOutDir, packager.config.linux?.executableName ?? productFilename);
    default:
      throw new Error(`Keysmith is not packed for ${electronPlatformName}.`);
  }
}
