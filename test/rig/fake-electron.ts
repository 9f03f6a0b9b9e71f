import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where fuses lie in Electron's binary, one of version 1 with nine of them, as Electron's build leaves them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, 9]), Buffer.from('101100001')]);

const PLIST =
  '<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleIdentifier</key><string>x</string></dict></plist>';
const MAC = 'Electron.app/Contents';
const MAC_HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map(kind => `Electron Helper${kind}`);

const FILES: Readonly<Record<'linux' | 'darwin' | 'win32', Readonly<Record<string, string | Buffer>>>> = {
  linux: { electron: FUSES, 'locales/en-US.pak': '', 'locales/de.pak': '', 'chrome-sandbox': '' },
  win32: { 'electron.exe': FUSES, 'locales/en-US.pak': '', 'locales/de.pak': '' },
  darwin: {
    [`${MAC}/Info.plist`]: PLIST,
    [`${MAC}/MacOS/Electron`]: 'Electron',
    [`${MAC}/Resources/en.lproj/locale.pak`]: '',
    [`${MAC}/Frameworks/Electron Framework.framework/Electron Framework`]: FUSES,
    [`${MAC}/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak`]: '',
    ...Object.fromEntries(
      MAC_HELPERS.flatMap(name => [
        [`${MAC}/Frameworks/${name}.app/Contents/Info.plist`, PLIST],
        [`${MAC}/Frameworks/${name}.app/Contents/MacOS/${name}`, name],
      ]),
    ),
  },
};

/** A folder with what electron-builder looks for in Electron, for machines that cannot fetch the real one. */
export function makeFakeElectron(folder: string, platform: keyof typeof FILES): void {
  for (const [path, content] of Object.entries({ ...FILES[platform], LICENSE: '', version: '' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
}
