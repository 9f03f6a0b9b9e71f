/**
 * Reads, writes or deletes one entry of the keychain, in a process of its own:
 * `keychain-entry.ts get|set|delete ACCOUNT [SECRET]`. Prints the entry, or `null`.
 */
import keytar from 'keytar';

const [, , action, account = '', secret = ''] = process.argv;
if (action === 'set') await keytar.setPassword('Keysmith', account, secret);
if (action === 'delete') await keytar.deletePassword('Keysmith', account);
process.stdout.write(JSON.stringify(await keytar.getPassword('Keysmith', account)));
