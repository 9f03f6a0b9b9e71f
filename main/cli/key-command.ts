import type { Command } from 'commander';
import { newGroup } from './command.ts';
import type { Io } from './io.ts';
import { keyBulkCommand } from './key-bulk-command.ts';
import {
  keyDisableCommand,
  keyEditCommand,
  keyEnableCommand,
  keyRemoveCommand,
  keyRenameCommand,
  keyRevokeCommand,
} from './key-change-commands.ts';
import { keyCreateCommand } from './key-create-command.ts';
import { keyFindCommand } from './key-find-command.ts';
import { keyImportCommand } from './key-import-command.ts';
import { keyListCommand } from './key-list-command.ts';
import {
  keyCopyCommand,
  keyEndGraceCommand,
  keyReissueCommand,
  keyRotateCommand,
  keySavedCommand,
} from './key-secret-commands.ts';
import { keyShowCommand } from './key-show-command.ts';

export function keyCommand(io: Io): Command {
  return newGroup(
    'key',
    'Access keys: issue, look up, change, revoke. A key is named by its ID or by service/name.',
    [
      keyCreateCommand(io),
      keyListCommand(io),
      keyShowCommand(io),
      keyEditCommand(io),
      keyRenameCommand(io),
      keyDisableCommand(io),
      keyEnableCommand(io),
      keyRotateCommand(io),
      keyReissueCommand(io),
      keyEndGraceCommand(io),
      keyCopyCommand(io),
      keyRevokeCommand(io),
      keyRemoveCommand(io),
      keyFindCommand(io),
      keySavedCommand(io),
      keyBulkCommand(io),
      keyImportCommand(io),
    ],
  );
}
