import { expect, it } from 'vitest';
import { appCommand } from '../../rig/app-command.ts';
import { ROOT } from '../../rig/run-tool.ts';

it('the stories start the app as built, by the folder it lies in', () => {
  expect(appCommand({})).toEqual({ args: ['.'], cwd: ROOT });
});

it('KEYSMITH_PACKED_APP has them start a packed app, which knows its own folder', () => {
  expect(appCommand({ KEYSMITH_PACKED_APP: '/opt/opened/electron' })).toEqual({
    executablePath: '/opt/opened/electron',
    args: [],
    cwd: ROOT,
  });
});
