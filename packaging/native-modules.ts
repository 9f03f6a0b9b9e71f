import { globSync } from 'node:fs';
import { ROOT } from './places.ts';
import type { Target } from './targets.ts';

/**
 * What a program needs of the packages that are not bundled: their JavaScript, their licences, and the one binary of
 * the system it is for. `electron-builder.yml` says the same for the desktop.
 *
 * @returns paths from the project's folder
 */
export function nativeModuleFiles({ platform, arch }: Target): readonly string[] {
  const needed = [
    ['better-sqlite3', ['package.json', 'LICENSE', 'lib/**/*.js', `prebuilds/${platform}-${arch}.node`]],
    ['keytar', ['package.json', 'LICENSE.md', 'lib/**/*.js', `prebuilds/${platform}-${arch}/keytar.node`]],
  ] as const;
  return needed.flatMap(([name, patterns]) =>
    patterns.flatMap(pattern => {
      const found = globSync(`node_modules/${name}/${pattern}`, { cwd: ROOT });
      if (found.length === 0) throw new Error(`${name} has no ${pattern}: its package looks different now.`);
      return found.map(path => path.replaceAll('\\', '/')).sort();
    }),
  );
}
