import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { adopt, app, becomeReady } from './app/app.ts';
import { launchArguments } from './app/command-line.ts';
import { electronVersion, readManifest } from './app/manifest.ts';
import type { Browser } from './browser/browser.ts';
import { visible } from './browser/chromium-switches.ts';
import { refuseDownloads } from './net/downloads.ts';
import { answerRequests } from './net/request-gate.ts';
import { closeStrays } from './window/stray-targets.ts';

/** How long the app's entry module may take to evaluate. */
const entryLimit = Number(process.env.KEYSMITH_STANDIN_ENTRY_LIMIT_MS ?? 10_000);

/** Runs the app as Electron would: its entry module is evaluated to the end, and only then does `ready` come. */
export async function start(browser: Browser): Promise<void> {
  const { root } = browser.connection;
  answerRequests(root);
  closeStrays(root);
  refuseDownloads(root);
  void browser.ended.then(({ code, lastWords }) => endWithChromium(code, lastWords));
  disguise();
  try {
    const manifest = readManifest(launchArguments.appPath);
    adopt(manifest);
    if (visible) console.error('electron stand-in: no Electron here, showing the app in Chromium instead');
    const require = createRequire(import.meta.url);
    for (const file of launchArguments.required) require(path.resolve(file));
    await Promise.all([evaluate(manifest.entry), browser.ready]);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  becomeReady();
}

/** In visible mode Chromium ends when the user has closed its last window; otherwise it must not end first. */
function endWithChromium(code: number | null, lastWords: string): never {
  if (visible && code === 0) {
    app.quit();
    process.exit(0);
  }
  console.error(`electron stand-in: Chromium ended (${code}); its last words:\n${lastWords}`);
  process.exit(1);
}

/** Makes `process` look as it does in Electron's main process when an app runs unpackaged. */
function disguise(): void {
  const executable = path.resolve(import.meta.dirname, '../dist/electron');
  process.argv = [executable, ...process.argv.slice(2)];
  Object.defineProperties(process, {
    execPath: { value: executable },
    type: { value: 'browser' },
    defaultApp: { value: true },
  });
  Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true });
}

async function evaluate(entry: string): Promise<void> {
  const watchdog = setTimeout(() => {
    console.error(
      `electron stand-in: ${entry} is still evaluating after ${entryLimit} ms. Electron emits 'ready' only after the entry module has been evaluated, so a top-level \`await app.whenReady()\` waits for itself: use \`app.whenReady().then(...)\``,
    );
    process.exit(1);
  }, entryLimit);
  await import(pathToFileURL(entry).href);
  clearTimeout(watchdog);
}
