import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Duplex } from 'node:stream';
import { launchArguments } from '../app/command-line.ts';
import { journal } from '../journal.ts';
import { CdpConnection } from './cdp-connection.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { findChromium } from './find-chromium.ts';

/** A started Chromium. `ready` fulfils when it answers and, if Playwright asked for it, its debugging port is open. */
export interface Browser {
  readonly connection: CdpConnection;
  readonly ready: Promise<void>;
  /** Fulfils if Chromium ends before this process does. */
  readonly ended: Promise<{ readonly code: number | null; readonly lastWords: string }>;
}

let browser: Browser | undefined;

/** The connection to the running Chromium. @throws before `startBrowser()`. */
export function connection(): CdpConnection {
  if (!browser) throw new Error('electron stand-in: Chromium has not been started');
  return browser.connection;
}

/**
 * Starts Chromium on a fresh temporary profile. It ends when this process does, however that happens, because
 * its end of the pipe closes; its keeper then removes the profile. The keeper leads a process group of its own, so
 * that whoever kills this one's group leaves the keeper to do that.
 */
export function startBrowser(): Browser {
  const chromium = findChromium();
  const profile = mkdtempSync(path.join(os.tmpdir(), 'electron-standin-'));
  const keeper = path.join(import.meta.dirname, 'keep-chromium.sh');
  const child = spawn('/bin/sh', [keeper, profile, chromium, ...chromiumSwitches(profile)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [, , , output, input] = child.stdio;
  if (!(output instanceof Duplex && input instanceof Duplex && child.stderr && child.pid)) {
    throw new Error('electron stand-in: Chromium could not be started');
  }
  journal.chromium = { pid: child.pid, profile };
  const log = readLog(child.stderr);
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  const cdp = new CdpConnection(output, input);
  browser = {
    connection: cdp,
    ready: untilReady(cdp, log.debuggerUrl),
    ended: ended.then(code => ({ code, lastWords: log.lastWords() })),
  };
  return browser;
}

async function untilReady({ root }: CdpConnection, debuggerUrl: Promise<string>): Promise<void> {
  const [{ product }] = await Promise.all([
    root.send('Browser.getVersion'),
    root.send('Target.setDiscoverTargets', { discover: true }),
    root.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true }),
    // On the browser's own session this holds every request of every page, worker and pop-up.
    root.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
  ]);
  Object.defineProperty(process.versions, 'chrome', { value: product.split('/')[1], enumerable: true });
  // Playwright waits for this very line on Electron's stderr.
  if (launchArguments.switches.has('remote-debugging-port')) {
    process.stderr.write(`DevTools listening on ${await debuggerUrl}\n`);
  }
}

/** Chromium's stderr is noise, except for the debugger's address and, should it crash, its end. */
function readLog(stderr: NodeJS.ReadableStream): { debuggerUrl: Promise<string>; lastWords: () => string } {
  const { promise: debuggerUrl, resolve } = Promise.withResolvers<string>();
  let tail = '';
  stderr.on('data', chunk => {
    const text = tail + String(chunk);
    const url = /DevTools listening on (ws:\/\/\S+)\n/.exec(text)?.[1];
    if (url) resolve(url);
    tail = text.slice(-4000);
  });
  return { debuggerUrl, lastWords: () => tail };
}
