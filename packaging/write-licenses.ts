/** `npm run licenses`: the licences of what the desktop app contains, for its packages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS } from './places.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';

mkdirSync(PARTS, { recursive: true });
writeFileSync(join(PARTS, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(['main', 'preload', 'renderer']));
