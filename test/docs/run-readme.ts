/**
 * Does what README.md says, literally: clones what is committed into a throw-away folder and runs its blocks of
 * commands there, with nothing of this checkout's own. `npm run readme` runs it alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../rig/run-tool.ts';
import { closingLine, failedSuite, type SuiteResult } from '../rig/tally.ts';
import { runBlocks } from './run-blocks.ts';
import { shellBlocks } from './shell-blocks.ts';

const SUITE = 'README.md on a fresh clone';

/** What the commands must have come to, by what they print. */
const OUTCOMES: readonly (readonly [title: string, printed: RegExp])[] = [
  ['after two commands a key was created', /^ +ok +Issue a key/m],
  ['… verified against a bundle, offline', /^ +ok +A service with that bundle lets the key in/m],
  ['… revoked', /^ +ok +Revoke it for ever/m],
  ['… and refused with the next bundle', /^ +ok +With the next bundle the service refuses it/m],
  ['every step of the demonstration held', /^(\d+) of \1 steps held/m],
  ['the installation for keeps holds a key that a service lets in', /^Valid \(bundle 1 of team-api,/m],
  ['… until it is revoked', /^Refused: revoked \(bundle 2 of team-api,/m],
  ['… and its log holds', /^The audit log holds: /m],
  ['it is back after a restore', /^Restored /m],
];

export function runReadme(): SuiteResult {
  // The Git for Windows has a bash, but which one is found first depends on the machine.
  if (process.platform === 'win32') return skipped('the blocks are for a POSIX shell');
  if (!existsSync(join(ROOT, '.git'))) return skipped('this is no git checkout, so nothing can be cloned');
  const folder = mkdtempSync(join(tmpdir(), 'keysmith-readme-'));
  const clone = join(folder, 'keysmith');
  try {
    if (spawnSync('git', ['clone', '--quiet', ROOT, clone], { stdio: 'inherit' }).status !== 0)
      return failedSuite(SUITE);
    const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
    if (stdout.trim() !== '') console.log('What is not committed yet is not in the clone.');
    const readme = join(clone, 'README.md');
    const { code, output } = runBlocks(readme, shellBlocks(readme), {
      cwd: clone,
      env: {
        KEYSMITH_HOME: join(folder, 'data'),
        // What a person types at the prompts.
        KEYSMITH_PASSPHRASE: 'granite lantern orchid seventeen',
        KEYSMITH_BACKUP_PASSPHRASE: 'velvet harbour cinnamon forty',
        // `npm ci` of this checkout has fetched the same packages a moment ago.
        npm_config_prefer_offline: 'true',
        npm_config_loglevel: 'error',
      },
    });
    console.log(output);
    const wrong = OUTCOMES.filter(([, printed]) => !printed.test(output)).map(([title]) => title);
    const failures = [...(code === 0 ? [] : [`a command of README.md ended with ${code}`]), ...wrong];
    return {
      suite: SUITE,
      passed: OUTCOMES.length + 1 - failures.length,
      failed: failures.length,
      failures: failures.map(title => `README.md: ${title}`),
      skipped: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function skipped(reason: string): SuiteResult {
  return { suite: SUITE, passed: 0, failed: 0, failures: [], skipped: [{ title: SUITE, reason }] };
}

if (import.meta.main) {
  const result = runReadme();
  for (const failure of result.failures) console.log(`failed: ${failure}`);
  console.log(closingLine(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
}
