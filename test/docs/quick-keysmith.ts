/**
 * The command `keysmith`, on the sources and with vaults that open at once: a page of commands opens them nearly a
 * hundred times, and what scrypt costs is no part of what it says.
 */
import { systemIo } from '../../main/cli/io.ts';
import { runCli } from '../../main/cli/run-cli.ts';

const WORKER = new URL('../../main/worker.ts', import.meta.url);

process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2), { ...systemIo(WORKER), scryptLogN: 10 });
