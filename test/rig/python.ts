import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The Python that the system's packages belong to; another one may come first on the PATH. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

export function hasPythonModule(name: string): boolean {
  return spawnSync(PYTHON, ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0;
}
