import type { Command } from 'commander';
import { newCommand } from './command.ts';
import type { Io } from './io.ts';
export function demoCommand(_io: Io): Command {
  return newCommand('demo', 'x');
}
