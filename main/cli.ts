#!/usr/bin/env node
/**
 * The command `keysmith`. better-sqlite3 needs Node 22; an older one is told so before anything is loaded.
 */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22) {
  process.stderr.write(
    `keysmith needs Node 22 or newer, and this is ${process.version}. In a checkout, "npx keysmith" brings its own.\n`,
  );
  process.exitCode = 1;
} else {
  // Nothing that Keysmith writes may be read by other users of the machine.
  process.umask(0o077);
  const [{ runCli }, { systemIo }] = await Promise.all([import('./cli/run-cli.ts'), import('./cli/io.ts')]);
  process.exitCode = await runCli(process.argv.slice(2), systemIo(new URL('./worker.js', import.meta.url)));
}

export {};
