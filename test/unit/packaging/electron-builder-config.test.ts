import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../rig/run-tool.ts';

/** electron-builder's own reader of its configuration, and its own schema. */
interface OwnConfig {
  getConfig(root: string, path: null, options: null): Promise<Record<string, unknown>>;
  validateConfiguration(config: unknown, log: { isEnabled: boolean; add(): void }): Promise<void>;
}

const requireFromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const own = requireFromBuilder('app-builder-lib/out/util/config/config') as OwnConfig;
const read = () => own.getConfig(ROOT, null, null);
const validate = (config: unknown) => own.validateConfiguration(config, { isEnabled: false, add: () => {} });

it('passes electron-builder’s own schema', async () => {
  await expect(validate(await read())).resolves.toBeUndefined();
});

it('would not pass with an option that electron-builder does not know', async () => {
  await expect(validate({ ...(await read()), asarIntegrity: true })).rejects.toThrow('asarIntegrity');
});

it('keeps the names of the two commands apart', async () => {
  const { bin, desktopName } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { linux } = (await read()) as { linux: { executableName: string } };
  expect(Object.keys(bin)).not.toContain(linux.executableName);
  expect(desktopName).toBe(`${linux.executableName}.desktop`);
});

it('calls the app what it calls itself to Windows', async () => {
  const { appId } = await read();
  expect(readFileSync(join(ROOT, 'main/desktop/boot.ts'), 'utf8')).toContain(`const APP_ID = '${appId}';`);
});

it('hardens the app for macOS, and allows it nothing but to compile JavaScript', async () => {
  const { mac } = (await read()) as { mac: Record<string, unknown> };
  expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
  expect(mac.entitlementsInherit).toBe(mac.entitlements);
  const entitlements = readFileSync(join(ROOT, String(mac.entitlements)), 'utf8');
  expect(
    [...entitlements.matchAll(/<key>(.*?)<\/key>\s*<(\w+)\/>/g)].map(([, key, value]) => [key, value]),
  ).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
});

it('publishes nothing and updates nothing by itself', async () => {
  const { publish } = await read();
  expect(publish).toBe(null);
});
