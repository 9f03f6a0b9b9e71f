import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which a secret could stand in a file: as it is, in UTF-16, in base64 at each alignment, in hex, reversed. */
function disguises(secret: string): Readonly<Record<string, Buffer>> {
  const bytes = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  return {
    plain: bytes,
    'lower case': Buffer.from(secret.toLowerCase()),
    'UTF-16': utf16,
    'big-endian UTF-16': Buffer.from(utf16).swap16(),
    hex: Buffer.from(bytes.toString('hex')),
    'upper-case hex': Buffer.from(bytes.toString('hex').toUpperCase()),
    reversed: Buffer.from([...secret].reverse().join('')),
    ...Object.fromEntries([0, 1, 2].map(shift => [`base64 shifted by ${shift}`, base64At(bytes, shift)])),
  };
}

/** The characters of base64 that stand for these bytes alone, whatever surrounds them. */
function base64At(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -1));
}

/** Where a secret stands in these bytes, and how; empty when it does not. */
export function findSecret(secret: string, where: string, bytes: Buffer): string[] {
  return Object.entries(disguises(secret))
    .filter(([, disguise]) => bytes.includes(disguise))
    .map(([how]) => `${where} (${how})`);
}

/** Looks for a secret in every file under a folder, and in their names. */
export function findSecretInFolder(secret: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry => [
    ...findSecret(secret, `the name ${entry.name}`, Buffer.from(entry.name)),
    ...(entry.isFile()
      ? findSecret(secret, entry.name, readFileSync(join(entry.parentPath, entry.name)))
      : []),
  ]);
}
