// The first module Node runs. Plain JavaScript, because it arranges how the TypeScript after it is loaded:
// - the compile cache keeps modules stripped of their types, which saves about 100 ms a launch;
// - the hook makes `electron` mean the stand-in for import, for require and in the debugger.
import { enableCompileCache, registerHooks } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/electron-standin'));

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});

// Chromium takes longest: it starts while the rest of the stand-in and the app are loaded.
const { startBrowser } = await import('./browser/browser.ts');
const browser = startBrowser();

const { start } = await import('./start.ts');
await start(browser);
