import { launchArguments } from '../app/command-line.ts';

/** Whether windows are to be seen: for `npm start` on a machine without Electron's binary. */
export const visible = process.env.KEYSMITH_STANDIN_VISIBLE === '1';

/** Handled here or by Node, and therefore not passed on from the command line. */
const kept = new Set(['user-data-dir', 'no-sandbox', 'headless', 'inspect', 'inspect-brk']);

/** In visible mode Chromium starts with one window without tabs and address bar; the app's first window takes it over. */
export const waitingPage = 'data:text/html,<title>Keysmith</title>';

/** Features of a browser that an app's window has no use for. The address bar's pop-ups alone are a fifth of a launch. */
const unwanted = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'],
  ...[
    'Translate',
    'OptimizationHints',
    'MediaRouter',
    'DialMediaRouteProvider',
    'HttpsUpgrades',
    'PaintHolding',
  ],
];

export function chromiumSwitches(profile: string): string[] {
  return [
    ...(visible
      ? // The last one keeps Chromium's warning about switches it finds unusual off the window.
        [`--app=${waitingPage}`, '--no-default-browser-check', '--test-type']
      : ['--headless', '--no-startup-window']),
    // Chromium's own sandbox needs an ordinary user; everywhere else it stays on.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    // Nothing leaves the machine: no name resolves, WebRTC may not open sockets, and Chromium's own services are off.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-quic',
    '--disable-sync',
    `--disable-features=${unwanted.join()}`,
    // As in Electron, a page may close its own window.
    '--blink-settings=allowScriptsToCloseWindows=true',
    '--metrics-recording-only',
    '--no-first-run',
    '--no-pings',
    '--password-store=basic',
    '--use-mock-keychain',
    // A page behind another window must go on working, as tests show several at once.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-back-forward-cache',
    '--disable-hang-monitor',
    '--disable-ipc-flooding-protection',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--force-color-profile=srgb',
    '--mute-audio',
    ...fromCommandLine(),
  ];
}

function fromCommandLine(): string[] {
  return [...launchArguments.switches]
    .filter(([name]) => !kept.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}
