import { createRequire } from 'node:module';
import { ROOT } from './run-tool.ts';

/** How the app is started: on Electron or what stands in for it, as built; or as packed. */
export interface AppCommand {
  /** Undefined where Playwright finds Electron by itself. */
  readonly executablePath?: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/**
 * The app that the stories run: `KEYSMITH_PACKED_APP` names the executable of a packed one, made drivable by
 * packaging/open-for-tests.ts; else it is the one in `dist/`.
 */
export function appCommand(env: NodeJS.ProcessEnv = process.env): AppCommand {
  const { KEYSMITH_PACKED_APP: executablePath } = env;
  return executablePath ? { executablePath, args: [], cwd: ROOT } : { args: ['.'], cwd: ROOT };
}

/** The executable itself, to start the app without Playwright. */
export function appExecutable(): string {
  const { executablePath } = appCommand();
  // The package's own loader is CommonJS, and looks where ELECTRON_OVERRIDE_DIST_PATH says.
  return executablePath ?? String(createRequire(import.meta.url)('electron'));
}
