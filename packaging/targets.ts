/** Systems that packages are made for, as their files are named. */
export const TARGET_NAMES = [
  'linux-x64',
  'linux-arm64',
  'macos-x64',
  'macos-arm64',
  'windows-x64',
  'windows-arm64',
] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface Target {
  readonly name: TargetName;
  /** As Node calls it, and packages with native parts their binaries. */
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: string;
}

const PLATFORMS: Readonly<Record<string, Target['platform']>> = {
  linux: 'linux',
  macos: 'darwin',
  windows: 'win32',
};

/** The system that a name stands for. */
export function targetOf(given: string): Target {
  const name = TARGET_NAMES.find(name => name === given);
  const [os = '', arch = ''] = given.split('-');
  const platform = PLATFORMS[os];
  if (!name || !platform)
    throw new Error(`There are no packages for "${given}", only for ${TARGET_NAMES.join(', ')}.`);
  return { name, platform, arch };
}

/** The system this runs on. */
export function ownTarget(): Target {
  const os = Object.keys(PLATFORMS).find(os => PLATFORMS[os] === process.platform);
  return targetOf(`${os ?? process.platform}-${process.arch}`);
}
