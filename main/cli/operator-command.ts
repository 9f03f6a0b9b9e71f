import { type Command, Option } from 'commander';
import { formatTime } from '../keys/expiry.ts';
import { OPERATOR_ROLES, type Operator, type OperatorRole } from '../keys/operator.ts';
import { addOperator } from '../trust/add-operator.ts';
import { changeOwnPassphrase } from '../trust/change-own-passphrase.ts';
import { editOperator, removeOperator } from '../trust/edit-operator.ts';
import {
  type CommonOptions,
  choosePassphrase,
  newCommand,
  newGroup,
  print,
  remark,
  withSession,
} from './command.ts';
import type { Io } from './io.ts';
import { formatTable } from './table.ts';

/** Where a passphrase that is being chosen for an operator comes from. */
export const NEW_PASSPHRASE = [
  '--new-passphrase-file <file>',
  'read the new passphrase from the first line of a file (otherwise KEYSMITH_NEW_PASSPHRASE, or a prompt)',
] as const;

export interface NewPassphraseOptions extends CommonOptions {
  readonly newPassphraseFile?: string;
}

function chooseNewPassphrase(io: Io, options: NewPassphraseOptions, whose: string): Promise<string> {
  const source = { file: options.newPassphraseFile, variable: 'KEYSMITH_NEW_PASSPHRASE' };
  return choosePassphrase(io, options, source, whose);
}

export function operatorCommand(io: Io): Command {
  return newGroup('operator', 'Who uses this installation, and as what.', [
    list(io),
    add(io),
    edit(io),
    remove(io),
    changePassphrase(io),
  ]);
}

const role = () =>
  new Option('--role <role>', 'what they may do').choices(OPERATOR_ROLES).makeOptionMandatory();

function list(io: Io): Command {
  return newCommand('list', 'List the operators.').action((options: CommonOptions) =>
    withSession(io, options, ({ store }) => {
      const operators = store.operators();
      print(
        io,
        options,
        operators.map(operatorJson),
        formatTable(
          ['NAME', 'ROLE', 'STATUS', 'SINCE'],
          operators.map(each => [each.name, each.role, statusOf(each), formatTime(each.createdAt)]),
        ),
      );
    }),
  );
}

function statusOf({ removed, tampered }: Operator): string {
  return tampered ? 'tampered' : removed ? 'removed' : 'active';
}

function operatorJson(operator: Operator) {
  const { name, role, createdAt } = operator;
  return { name, role, status: statusOf(operator), created_at: createdAt };
}

function add(io: Io): Command {
  return newCommand(
    'add',
    'Add an operator with a passphrase. The second one switches the lock on: you choose a passphrase for yourself as well.',
  )
    .argument('<name>', 'what they are called')
    .addOption(role())
    .option(...NEW_PASSPHRASE)
    .action((name: string, options: NewPassphraseOptions & { readonly role: OperatorRole }) =>
      withSession(io, options, async (session, ports) => {
        const { lockEnabled } = session.store.installation();
        const ownPassphrase = lockEnabled ? undefined : await chooseOwn(io, options, session.actor.name);
        const passphrase = await chooseNewPassphrase(io, options, name);
        const request = { name, role: options.role, passphrase, ownPassphrase };
        const { store } = await addOperator(session, ports, request);
        const added = store.operators().at(-1);
        if (!lockEnabled)
          remark(io, options, 'The lock is on now: every operator opens Keysmith with a passphrase.');
        print(
          io,
          options,
          added && operatorJson(added),
          `${added?.name} is an operator now (${options.role}).`,
        );
      }),
    );
}

/** The owner's own passphrase, chosen when the lock is switched on. */
export function chooseOwn(io: Io, options: CommonOptions, name: string): Promise<string> {
  return choosePassphrase(
    io,
    options,
    { file: options.passphraseFile, variable: 'KEYSMITH_PASSPHRASE' },
    name,
  );
}

function edit(io: Io): Command {
  return newCommand('edit', 'Give an operator another role.')
    .argument('<name>', 'the operator')
    .addOption(role())
    .action((name: string, options: CommonOptions & { readonly role: OperatorRole }) =>
      withSession(io, options, async (session, ports) => {
        const { store } = await editOperator(session, ports, { name, role: options.role });
        const edited = store.operators().find(each => each.name === name);
        print(io, options, edited && operatorJson(edited), `${name} is ${options.role} now.`);
      }),
    );
}

function remove(io: Io): Command {
  return newCommand('remove', 'Remove an operator: nothing that they have opens the installation any more.')
    .argument('<name>', 'the operator')
    .action((name: string, options: CommonOptions) =>
      withSession(io, options, async (session, ports) => {
        const { store } = await removeOperator(session, ports, { name });
        const removed = store.operators().find(each => each.name === name);
        print(io, options, removed && operatorJson(removed), `${name} is no longer an operator.`);
      }),
    );
}

function changePassphrase(io: Io): Command {
  return newCommand('change-passphrase', 'Choose another passphrase for yourself.')
    .option(...NEW_PASSPHRASE)
    .action((options: NewPassphraseOptions) =>
      withSession(io, options, async (session, ports) => {
        const { name } = session.actor;
        await changeOwnPassphrase(session, ports, {
          passphrase: await ports.passphrase(name),
          newPassphrase: await chooseNewPassphrase(io, options, name),
        });
        print(io, options, { changed: true }, `${name} has a new passphrase.`);
      }),
    );
}
