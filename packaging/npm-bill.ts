import { spawnSync } from 'node:child_process';
import { ROOT } from './places.ts';

/** A CycloneDX component, as far as it is read or written here. */
export interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly scope?: string;
  readonly purl?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly [more: string]: unknown;
}

export interface Bill {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: string;
  readonly metadata: { readonly component: Component; readonly [more: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [more: string]: unknown;
}

/** npm's bill of everything in package-lock.json, what only building needs included. */
export function npmBill(): Bill {
  const asked = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  // Inside of an npm script npm says where it is; elsewhere it is a command, which on Windows only a shell finds.
  const { npm_execpath: npm } = process.env;
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 } as const;
  const { status, stdout, stderr, error } = npm
    ? spawnSync(process.execPath, [npm, ...asked], options)
    : spawnSync('npm', asked, { ...options, shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm sbom failed: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as Bill;
}
