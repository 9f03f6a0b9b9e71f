/** After `npm run dist`: puts a bill of materials and a SHA-256 sum beside each package. */
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { billOfMaterials, type Contents } from './bill-of-materials.ts';
import { type Bill, npmBill } from './npm-bill.ts';
import { RELEASE } from './places.ts';

const PACKAGE = /^keysmith.*\.(AppImage|deb|dmg|exe|zip|tar\.gz)$/;

/** Describes every package in a folder, and returns their names. */
export async function describePackages(folder: string, all: Bill): Promise<readonly string[]> {
  const packages = readdirSync(folder).filter(name => PACKAGE.test(name));
  for (const name of packages) {
    const sha256 = await sumOf(join(folder, name));
    const bill = billOfMaterials(all, { name, contents: contentsOf(name), sha256 });
    writeFileSync(join(folder, `${name}.cdx.json`), `${JSON.stringify(bill, undefined, 2)}\n`);
    // As `sha256sum -c` reads it.
    writeFileSync(join(folder, `${name}.sha256`), `${sha256}  ${name}\n`);
  }
  return packages;
}

/** On Linux the desktop's packages bring the command line along. */
function contentsOf(name: string): Contents {
  if (name.startsWith('keysmith-cli-')) return 'cli';
  return /\.(AppImage|deb)$/.test(name) ? 'desktop and cli' : 'desktop';
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

if (import.meta.main) {
  const described = await describePackages(RELEASE, npmBill());
  process.stdout.write(`${described.map(name => `release/${name}`).join('\n')}\n`);
}
