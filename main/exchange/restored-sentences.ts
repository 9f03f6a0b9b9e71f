import type { EndReason, StricterKey } from '../keys/plan-stricter.ts';
import type { RestoredInstallation } from './restore-backup.ts';

/** Keys that are named before the rest is only a number. */
const NAMED = 10;

type Change = EndReason | 'disabled' | 'narrowed';

/** What became of a key, in one word: the gravest. */
export function changeOf({ end, disabled }: StricterKey): Change {
  return end?.reason ?? (disabled ? 'disabled' : 'narrowed');
}

/** What a restore took over from what came after the backup, and what is next. */
export function restoredSentences(restored: RestoredInstallation): readonly string[] {
  const { later, applied } = restored;
  return [
    ...(Object.keys(SENTENCES) as Change[]).flatMap(change => {
      const keys = later.plan.keys.filter(key => changeOf(key) === change);
      return keys.length === 0 ? [] : [`${SENTENCES[change](keys.length)} ${named(keys.map(nameOf))}`];
    }),
    ...(later.plan.unknown.length === 0
      ? []
      : [
          `${count(later.plan.unknown.length, 'key was', 'keys were')} created after the backup, which does not know them: services refuse them from the next bundle on. ${named(later.plan.unknown)}`,
        ]),
    ...applied.signingKeys.map(({ kid, state }) => `The signing key ${kid} is ${state}, as it was.`),
    ...applied.operators.stricter.map(({ operator, role }) =>
      role === null ? `${operator.name} stays removed.` : `${operator.name} stays ${role}.`,
    ),
    ...remarksOf(restored),
    'Next: export a bundle for each service, and make a new backup.',
  ];
}

const SENTENCES: Readonly<Record<Change, (keys: number) => string>> = {
  revoked: keys =>
    `${count(keys, 'key that was', 'keys that were')} revoked after the backup ${stay(keys)} revoked.`,
  removed: keys =>
    `${count(keys, 'key that was', 'keys that were')} removed after the backup ${stay(keys)} removed.`,
  superseded: keys =>
    `${count(keys, 'key', 'keys')} got a new secret after the backup, which does not know it: revoked.`,
  disabled: keys =>
    `${count(keys, 'key that was', 'keys that were')} disabled after the backup ${stay(keys)} disabled.`,
  narrowed: keys =>
    `${count(keys, 'key keeps', 'keys keep')} the narrower grants, addresses or expiry of after the backup.`,
};

const count = (keys: number, one: string, many: string) => (keys === 1 ? `1 ${one}` : `${keys} ${many}`);
const stay = (keys: number) => (keys === 1 ? 'stays' : 'stay');
const nameOf = ({ service, name }: StricterKey) => `${service}/${name}`;

function named(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return `(${names.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
}

export function remarksOf({ later, applied, unsettled }: RestoredInstallation): readonly string[] {
  const { keptOwner } = applied.operators;
  return [
    ...later.remarks,
    ...applied.goOn
      .filter(({ handOver }) => handOver)
      .map(
        ({ slug }) =>
          `Services that took the newest bundle of ${slug} believe none of the trust keys that are left: hand trust.json over to them again.`,
      ),
    ...(keptOwner
      ? [
          `${keptOwner.name} stays an owner, although no longer one after the backup: there would be none left.`,
        ]
      : []),
    ...(unsettled === null
      ? []
      : [`The vault was not brought up to date: ${unsettled} It will be at the next start.`]),
  ];
}
