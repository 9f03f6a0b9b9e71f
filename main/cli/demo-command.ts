import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { randomBase62 } from '../keys/base62.ts';
import { KeysmithError } from '../keys/errors.ts';
import { fileError } from '../store/durable-file.ts';
import { type Answer, type DemoPlace, type DemoStep, demoStory } from './demo-story.ts';
import type { Io } from './io.ts';

/** The data folder, beside what leaves it. */
const DATA = 'data';

type RunCli = (argv: readonly string[], io: Io) => Promise<number>;

/** @param runCli the whole command line, of which this command is one */
export function demoCommand(io: Io, runCli: RunCli): Command {
  return new Command('demo')
    .description(
      'Walk the whole main job in a throw-away folder, with the same commands, and check every result.',
    )
    .option('--json', 'print one JSON value: the steps and whether each held')
    .action(async (options: { readonly json?: true }) => {
      const say = (text: string) => (options.json ? undefined : io.out(text));
      const folder = makeFolder();
      const steps: DemoStep[] = [];
      try {
        say(
          `A throw-away installation in ${folder}, behind a passphrase. Nothing outside of it is touched.\n\n`,
        );
        for await (const step of demoStory(runner(io, runCli, join(folder, DATA)), placeIn(folder))) {
          steps.push(step);
          say(`${step.ok ? '  ok  ' : 'FAILED'}  ${step.title}\n        ${step.detail}\n`);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      const failed = steps.filter(step => !step.ok);
      if (options.json) io.out(`${JSON.stringify({ ok: failed.length === 0, steps })}\n`);
      else
        say(`\n${steps.length - failed.length} of ${steps.length} steps held. The folder is gone again.\n`);
      if (failed.length > 0) {
        throw new KeysmithError(
          'DEMO_FAILED',
          `${failed.length} of ${steps.length} steps did not hold: ${failed.map(({ title }) => title).join('; ')}.`,
        );
      }
    });
}

function makeFolder(): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(join(parent, 'keysmith-demo-'));
  } catch (error) {
    throw fileError(join(parent, 'keysmith-demo-…'), error);
  }
}

/** Runs a command line as the program itself does, with an installation and a passphrase of its own. */
function runner(
  io: Io,
  runCli: RunCli,
  folder: string,
): (argv: readonly string[], input?: string) => Promise<Answer> {
  const passphrase = randomBase62(24, io.random);
  return async (argv, input = '') => {
    let out = '';
    let err = '';
    const exit = await runCli([...argv, '--json'], {
      ...io,
      env: { KEYSMITH_HOME: folder, KEYSMITH_PASSPHRASE: passphrase },
      out: text => {
        out += text;
      },
      err: text => {
        err += text;
      },
      readInput: async () => input,
      ask: undefined,
      // A passphrase of 24 random characters needs no slow hash, and the folder is gone in a moment.
      scryptLogN: 12,
    });
    return { exit, out, err };
  };
}

function placeIn(folder: string): DemoPlace {
  const data = join(folder, DATA);
  return {
    storedBytes: () => Buffer.concat(readdirSync(data).map(name => readFileSync(join(data, name)))),
    path: name => join(folder, name),
    write: (name, text) => writeFileSync(join(folder, name), text),
  };
}
