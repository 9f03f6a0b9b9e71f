import type { CommandLine } from 'electron';
import { strictObject } from '../strict.ts';

/** What the arguments after `electron` say. Chromium takes a switch anywhere, and so does Electron. */
export interface Arguments {
  /** Modules to require before the app (`-r`): Playwright's loader comes this way. */
  readonly required: readonly string[];
  /** `--name` or `--name=value`, by name. */
  readonly switches: ReadonlyMap<string, string>;
  /** The app: a folder with a package.json, or a file. */
  readonly appPath: string;
}

export function readArguments(given: readonly string[]): Arguments {
  const required: string[] = [];
  const switches = new Map<string, string>();
  let appPath: string | undefined;
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? '';
    if (argument === '-r' || argument === '--require') required.push(given[++i] ?? '');
    else if (argument.startsWith('--')) setSwitch(switches, argument.slice(2));
    else if (!argument.startsWith('-')) appPath ??= argument;
  }
  return { required, switches, appPath: appPath ?? '.' };
}

function setSwitch(switches: Map<string, string>, text: string): void {
  const [name = '', ...value] = text.split('=');
  switches.set(name, value.join('='));
}

/** The arguments of this process. */
export const launchArguments = readArguments(process.argv.slice(2));

const current = new Map(launchArguments.switches);

/**
 * `app.commandLine`. Chromium starts before the app's code, so what the app appends can be read back but no
 * longer reaches Chromium; switches on the real command line do.
 */
export const commandLine: CommandLine = strictObject('app.commandLine', {
  appendSwitch: (name: string, value = '') => void current.set(name, value),
  appendArgument: () => undefined,
  hasSwitch: (name: string) => current.has(name),
  getSwitchValue: (name: string) => current.get(name) ?? '',
  removeSwitch: (name: string) => void current.delete(name),
});
