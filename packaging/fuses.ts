import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * Switches in Electron's binary itself, which nobody can turn back without breaking its signature. Every one is named:
 * a fuse that a later Electron brings stops the packing until it is decided here.
 */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // SECURITY: the app is the app, and no Node for other people's scripts. The command line brings a Node of its own.
  [FuseV1Options.RunAsNode]: false,
  // SECURITY: neither the environment nor an argument loads code into the main process or opens a debugger to it.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // SECURITY: only app.asar is run, and on macOS and Windows only with the bytes it was packed with.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // There should never be a cookie; one that there is lies encrypted.
  [FuseV1Options.EnableCookieEncryption]: true,
  // The page comes from app://: a file:// page, which there is none of, is worth nothing.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // There is no V8 snapshot for the main process alone; with this on, Electron would look for one and not start.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // How WebAssembly checks its bounds, by traps or by more code: as safe either way. Chromium's own default.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;
