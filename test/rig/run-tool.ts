import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of package.json. */
export const ROOT = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
}

/** Where a package's command is: a script for Node, so that it runs alike on every system, without a shell. */
function binOf(packageName: string): string {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const path = typeof bin === 'string' ? bin : Object.values(bin)[0];
  if (path === undefined) throw new Error(`The package ${packageName} has no command.`);
  return join(folder, path);
}

/**
 * Runs the command of a package of node_modules on this Node, its output on this terminal.
 *
 * @returns its exit code; null when a signal ended it
 */
export function runTool(
  packageName: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number | null {
  const { status, error } = spawnSync(process.execPath, [binOf(packageName), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  return status;
}
