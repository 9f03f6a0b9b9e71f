import { useQuery } from '@tanstack/react-query';
import type { AppState, Preferences, ServiceView, UnfinishedImport } from '../../preload/contract.ts';
import { lastBackupQuery, warningsQuery } from '../exchange/exchange-queries.ts';
import { durationWords } from '../keys/expiry-choice.ts';
import { unfinishedQuery } from '../keys/import/import-queries.ts';
import { useImportRun } from '../keys/import/import-run.ts';
import { attentionQuery } from '../keys/key-queries.ts';
import { usePreferences } from '../settings/use-preferences.ts';
import { formatCount } from '../ui/dates.ts';
import { useRights } from '../ui/use-rights.ts';
import { backupWords } from './backup-words.ts';
import { BannerLine } from './banner-line.tsx';
import { bundlePointer } from './bundle-warning.ts';
import classes from './frame.module.css';
import { ImportLine } from './import-line.tsx';
import { REVIEW_ORDER, type ReviewKind } from './reviews.ts';

interface Props {
  readonly app: Extract<AppState, { kind: 'ready' }>;
  readonly services: readonly ServiceView[];
  /** What the list shows already; null when it shows other keys. */
  readonly reviewing: ReviewKind | null;
  /** The service whose bundles are looked at already; null: none. */
  readonly exporting: string | null;
  readonly onReview: (kind: ReviewKind) => void;
  /** Shows the bundles of a service. */
  readonly onExport: (service: string) => void;
  /** Leads to where backups are made; null where the admin is there already. */
  readonly onBackup: (() => void) | null;
  /** Shows the bulk issues; null where the admin is there already, or may not issue keys. */
  readonly onImport: (() => void) | null;
}

/** What needs an admin: one thing at a time, the gravest first. */
export function Banner(props: Props) {
  const { app, services, reviewing, exporting, onReview, onExport, onBackup, onImport } = props;
  const rights = useRights();
  const { expiryWarning } = usePreferences();
  const { data: attention } = useQuery(attentionQuery);
  const { data: warnings } = useQuery(warningsQuery);
  const { data: backup } = useQuery(lastBackupQuery);
  const { data: [unfinished] = [] } = useQuery({ ...unfinishedQuery, enabled: onImport !== null });
  const run = useImportRun();
  const tampered = services.filter(service => service.tampered).map(({ title }) => title);
  if (app.logShortened) {
    return (
      <div className={classes.banner} data-tone="bad" role="alert">
        <span className={classes.bannerText}>
          <strong>The audit log was shortened.</strong> It no longer reaches the last entry that was saved
          outside the database: find out who replaced the data folder, and restore a backup.
        </span>
      </div>
    );
  }
  if (tampered.length > 0) {
    return (
      <div className={classes.banner} data-tone="bad" role="alert">
        <span className={classes.bannerText}>
          <strong>Changed outside Keysmith: {tampered.join(', ')}.</strong> Nothing is issued from what does
          not hold its seal. Restore a backup.
        </span>
      </div>
    );
  }
  if (run.kind === 'running' && onImport)
    return <ImportLine run={run} services={services} onShow={onImport} />;
  if (unfinished && onImport) {
    const [what, why] = unfinishedWords(unfinished);
    return <BannerLine what={what} why={why} action="Resume" onAction={onImport} />;
  }
  // What concerns keys comes first, so it is waited for.
  if (!attention) return null;
  const kind = REVIEW_ORDER.find(each => attention[each] > 0);
  if (kind) {
    const [what, why] = WORDS[kind](attention[kind], expiryWarning);
    return (
      <BannerLine
        what={what}
        why={why}
        tone={kind === 'exposed' ? 'bad' : undefined}
        action="Review"
        onAction={reviewing === kind ? null : () => onReview(kind)}
      />
    );
  }
  if (!warnings) return null;
  const pointer = bundlePointer(warnings);
  // Only owners make backups; what others cannot do, they are not asked for.
  if (!pointer && backup?.due && app.operator.role === 'owner') {
    const [what, why] = backupWords(backup.at);
    return <BannerLine what={what} why={why} action="Back up" onAction={onBackup} />;
  }
  if (!pointer) return null;
  return (
    <BannerLine
      what={pointer.what}
      why={pointer.why}
      tone={pointer.kind === 'ended' ? 'bad' : undefined}
      action="Export bundle"
      onAction={
        exporting === pointer.service || !rights.may('bundle.export') ? null : () => onExport(pointer.service)
      }
    />
  );
}

function unfinishedWords({ file, done, rows }: UnfinishedImport): readonly [what: string, why: string] {
  return [
    `A bulk issue is not finished: ${formatCount(done)} of ${keys(rows)} ${done === 1 ? 'is' : 'are'} issued.`,
    `Resume it to go on with ${file}.`,
  ];
}

const keys = (count: number) => (count === 1 ? '1 key' : `${formatCount(count)} keys`);

/** The fact, and why it matters. */
const WORDS: Readonly<
  Record<
    ReviewKind,
    (count: number, warning: Preferences['expiryWarning']) => readonly [what: string, why: string]
  >
> = {
  exposed: count => [
    `${count === 1 ? '1 public key holds' : `${formatCount(count)} public keys hold`} private-only permissions.`,
    'Whoever sees such a key can use them: edit or revoke it.',
  ],
  unsaved: count => [
    `${keys(count)} ${count === 1 ? 'is' : 'are'} not saved.`,
    `Nobody confirmed that ${count === 1 ? 'its secret was' : 'their secrets were'} kept.`,
  ],
  overdue: count => [
    `${keys(count)} ${count === 1 ? 'is' : 'are'} overdue for rotation.`,
    `${count === 1 ? 'Its secret is' : 'Their secrets are'} older than the policy allows.`,
  ],
  expiring: (count, warning) => [
    `${keys(count)} ${count === 1 ? 'expires' : 'expire'} within ${durationWords(warning)}.`,
    `Whoever uses ${count === 1 ? 'it' : 'them'} will be locked out then.`,
  ],
};
