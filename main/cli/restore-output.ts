import type { RestoredInstallation } from '../exchange/restore-backup.ts';
import { changeOf, remarksOf, restoredSentences } from '../exchange/restored-sentences.ts';
import { formatTime } from '../keys/expiry.ts';
import { formatFields } from './table.ts';

export function restoredJson(restored: RestoredInstallation) {
  const { later, applied } = restored;
  return {
    installation: restored.id,
    name: restored.name,
    folder: restored.folder,
    vault: restored.vault,
    made_at: restored.madeAt,
    backup_head: restored.backupHead,
    replaced: restored.replaced,
    aside: restored.aside,
    keys: later.plan.keys.map(key => ({
      id: key.id,
      name: key.name,
      service: key.service,
      became: changeOf(key),
    })),
    unknown_keys: later.plan.unknown,
    signing_keys: applied.signingKeys,
    operators: applied.operators.stricter.map(({ operator, role }) => ({
      name: operator.name,
      became: role ?? 'removed',
    })),
    kept_owner: applied.operators.keptOwner?.name ?? null,
    services: applied.goOn.map(({ slug, next, jumped, list, handOver }) => ({
      service: slug,
      next_bundle: next,
      jumped,
      status_list: list,
      hand_over: handOver,
    })),
    remarks: remarksOf(restored),
  };
}

export function restoredText(restored: RestoredInstallation): string {
  const { id, name, folder, vault, madeAt, backupHead, aside, applied } = restored;
  const fields = formatFields([
    ['Restored', `${name} (${id}), as of ${formatTime(madeAt)}, entry ${backupHead} of its log`],
    ['Data folder', folder],
    ['Vault', vault],
    ...(aside === null ? [] : ([['Replaced data', aside]] as const)),
    ...applied.goOn.map(
      ({ slug, next, jumped }) =>
        [
          `Bundles of ${slug}`,
          jumped
            ? `jump to number ${next}: which were given after the backup is not known`
            : `go on with number ${next}`,
        ] as const,
    ),
  ]);
  return `${fields}\n\n${restoredSentences(restored).join('\n')}`;
}
