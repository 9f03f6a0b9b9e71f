import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runBlocks } from '../../docs/run-blocks.ts';
import { shellBlocks } from '../../docs/shell-blocks.ts';
import { CLI, COMPILE_CACHE } from '../../rig/run-node.ts';
import { ROOT } from '../../rig/run-tool.ts';
import { temporaryFolder } from '../../rig/temporary-folder.ts';

const HANDBOOK = join(ROOT, 'docs/handbook.md');
const PASSPHRASE = 'granite lantern orchid seventeen';

// Its commands are for a shell with GNU's coreutils, as the page says.
const missing = process.platform === 'linux' ? undefined : 'its commands are for Linux';

test.skipIf(missing !== undefined)(
  `does everything that the handbook says, in its order${missing ? ` (${missing})` : ''}`,
  () => {
    const cwd = temporaryFolder();
    const { code, output } = runBlocks(HANDBOOK, shellBlocks(HANDBOOK), {
      cwd,
      path: [commandIn(cwd)],
      env: {
        KEYSMITH_HOME: join(cwd, 'data'),
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        // What people type at the prompts.
        KEYSMITH_PASSPHRASE: PASSPHRASE,
        KEYSMITH_NEW_PASSPHRASE: PASSPHRASE,
        KEYSMITH_BACKUP_PASSPHRASE: 'velvet harbour cinnamon forty',
      },
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    // What it says that one sees.
    expect(output).toMatch(/^Valid \(bundle 1 of team-api,/m);
    expect(output).toMatch(/^Refused: revoked \(bundle 5 of team-api,/m);
    expect(output).toMatch(/^Wrote bundle 8 of team-api /m);
    expect(output).not.toMatch(/is not run/);
  },
);

/**
 * A folder with the command `keysmith`: the built one, but where something is put behind a passphrase. What is made
 * there opens at once, also with the built one.
 */
function commandIn(folder: string): string {
  const command = join(folder, 'keysmith');
  const quick = join(ROOT, 'test/docs/quick-keysmith.ts');
  const node = `exec '${process.execPath}' --disable-warning=ExperimentalWarning`;
  writeFileSync(
    command,
    `#!/bin/sh
case "$1" in
  init|operator|backup|restore) ${node} '${quick}' "$@" ;;
  *) ${node} '${CLI}' "$@" ;;
esac
`,
  );
  chmodSync(command, 0o755);
  return folder;
}
