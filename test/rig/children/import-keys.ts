/**
 * Issues the keys of a file and kills itself (SIGKILL) at the Nth time that a step is told:
 * `import-keys.ts PLACE FILE REQUEST STEP N`, where PLACE is a JSON `FilePlace` and REQUEST a JSON `HereRequest`.
 */
import { type HereRequest, importedHere } from '../../fixtures/imports.ts';
import { fileKeychain } from '../file-keychain.ts';
import { openSession } from '../keysmith.ts';
import type { FilePlace } from './die-at-call.ts';

const [, , placeText = '', file = '', requestText = '', step = '', nth = '1'] = process.argv;
const { keychainFile, ...place } = JSON.parse(placeText) as FilePlace;
const request = JSON.parse(requestText) as HereRequest;
let times = 0;

const session = await openSession({ ...place, keychain: fileKeychain(keychainFile) });
const done = await importedHere(session, file, {
  ...request,
  onStep: told => {
    if (told === step) times += 1;
    if (told === step && times === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(JSON.stringify(done));
await session.close();
