/**
 * `npm run pack:cli`: the command line with its own Node, as one archive for one system. Without arguments for the
 * system this runs on; `-- --target linux-arm64 --node FILE` takes a Node for another one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layOutCli } from './cli-tree.ts';
import { type NodeBinary, nodeBinary } from './node-binary.ts';
import { PARTS, RELEASE } from './places.ts';
import { ownTarget, type Target, targetOf } from './targets.ts';
import { writeArchive } from './write-archive.ts';

export interface PackPlaces {
  /** Where the unpacked tree is left: packages of the desktop take it from there. */
  readonly parts: string;
  /** Where the archive comes to lie. */
  readonly release: string;
}

/** @returns the archive */
export async function packCli(target: Target, node: NodeBinary, places: PackPlaces): Promise<string> {
  const tree = join(places.parts, 'cli', `keysmith-cli-${target.name}`);
  layOutCli(tree, target, node);
  const extension = target.platform === 'win32' ? 'zip' : 'tar.gz';
  const archive = join(places.release, `keysmith-cli-${target.name}.${extension}`);
  mkdirSync(places.release, { recursive: true });
  await writeArchive(tree, archive);
  return archive;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string' }, node: { type: 'string' } } });
  const target = values.target === undefined ? ownTarget() : targetOf(values.target);
  const archive = await packCli(target, nodeBinary(target, values.node), { parts: PARTS, release: RELEASE });
  process.stdout.write(`${archive}\n`);
}
