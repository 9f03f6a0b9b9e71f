import type { Command } from 'commander';
import { createBackground } from '../exchange/background.ts';
import { exportBundle } from '../exchange/export-bundle.ts';
import type { BundleRecord } from '../keys/bundle.ts';
import { type BundleChanges, bundleChanges } from '../keys/bundle-changes.ts';
import { BUNDLE_VALIDITY, resolveValidity } from '../keys/bundle-validity.ts';
import { formatTime } from '../keys/expiry.ts';
import { lastBundle } from '../keys/last-bundle.ts';
import { requireService } from '../keys/look-up.ts';
import { type CommonOptions, newCommand, nonEmpty, print, remark, withSession } from './command.ts';
import type { Io } from './io.ts';
import { formatTable } from './table.ts';

interface BundleOptions extends CommonOptions {
  readonly service: string;
  readonly out?: string;
  readonly validFor?: string;
  readonly dryRun?: true;
  readonly force?: true;
}

export function exportBundleCommand(io: Io): Command {
  return newCommand(
    'bundle',
    'Write the signed, numbered bundle with which a service verifies its keys offline.',
  )
    .requiredOption('--service <service>', 'whose keys')
    .option('--out <folder|file.zip>', 'a new folder, or one file when its name ends in .zip', nonEmpty)
    .option(
      '--valid-for <duration>',
      `how long services may use it (default: ${BUNDLE_VALIDITY.default}, at most ${BUNDLE_VALIDITY.max})`,
    )
    .option('--dry-run', 'only say what changed since the last bundle; write nothing')
    .option('--force', 'replace a bundle that is there')
    .action((options: BundleOptions, command: Command) => {
      const { service, out, validFor, dryRun, force = false } = options;
      if (dryRun)
        return withSession(io, options, ({ store }) =>
          store.snapshot(reader => {
            resolveValidity(validFor, io.clock());
            const found = requireService(reader, service);
            const changes = bundleChanges(reader, found);
            const sequence = lastBundle(reader, found).next;
            const json = { service: found.slug, sequence, changes: changesJson(changes) };
            print(
              io,
              options,
              json,
              `The next bundle of ${found.slug} is number ${sequence}. ${changesText(changes)}`,
            );
          }),
        );
      if (out === undefined) command.error("error: required option '--out <folder|file.zip>' not specified");
      return withSession(io, options, async session => {
        const run = createBackground(io.worker, session.readAccess);
        const request = { service, out: out ?? '', validFor, replace: force };
        const changes = session.store.snapshot(reader =>
          bundleChanges(reader, requireService(reader, service)),
        );
        const done = await io.interruptible(signal => exportBundle(session, run, request, { signal }));
        const { bundle, counts } = done;
        print(
          io,
          options,
          {
            out: done.out,
            ...bundleJson(bundle),
            counts: {
              valid: counts.valid,
              refused: counts.refused,
              tampered: counts.tampered,
              not_in_map: counts.notInMap,
            },
          },
          `Wrote bundle ${bundle.sequence} of ${service} to ${done.out}: ${counts.valid} valid and ${counts.refused} refused secrets, until ${formatTime(bundle.expiresAt)}. ${changesText(changes)}`,
        );
        if (counts.tampered > 0)
          remark(
            io,
            options,
            `${counts.tampered} secrets of keys that were changed outside Keysmith were left out: services do not know them. Run "keysmith audit verify".`,
          );
        if (counts.notInMap > 0)
          remark(
            io,
            options,
            `${counts.notInMap === 1 ? '1 key is' : `${counts.notInMap} keys are`} bound to addresses and not in HAProxy's map, which cannot check addresses.`,
          );
      });
    });
}

interface ListOptions extends CommonOptions {
  readonly service: string;
}

export function listBundlesCommand(io: Io): Command {
  return newCommand('bundles', 'List the bundles of a service that were exported, the newest first.')
    .requiredOption('--service <service>', 'whose keys')
    .action((options: ListOptions) =>
      withSession(io, options, ({ store }) => {
        const bundles = store.bundles(requireService(store, options.service).ref, MAX_LISTED);
        const rows = bundles.map(bundle => [
          String(bundle.sequence),
          formatTime(bundle.issuedAt),
          formatTime(bundle.expiresAt),
          bundle.createdBy,
          bundle.tampered ? 'TAMPERED' : bundle.manifestSha256.toString('hex').slice(0, 16),
        ]);
        print(
          io,
          options,
          bundles.map(bundleJson),
          rows.length === 0
            ? 'There is none yet.'
            : formatTable(['NUMBER', 'ISSUED', 'VALID UNTIL', 'BY', 'MANIFEST SHA-256'], rows),
        );
      }),
    );
}

const MAX_LISTED = 1000;

function bundleJson(bundle: BundleRecord) {
  return {
    sequence: bundle.sequence,
    issued_at: bundle.issuedAt,
    expires_at: bundle.expiresAt,
    manifest_sha256: bundle.manifestSha256.toString('hex'),
    previous: bundle.previousSha256?.toString('hex') ?? null,
    created_by: bundle.createdBy,
    tampered: bundle.tampered,
  };
}

function changesJson(changes: BundleChanges) {
  const { latest, added, changed, disabled, refused, more, signingKeys, audience } = changes;
  return {
    since: latest?.sequence ?? null,
    added,
    changed,
    disabled,
    refused,
    more,
    signing_keys: signingKeys,
    audience,
  };
}

function changesText(changes: BundleChanges): string {
  const { latest, added, changed, disabled, refused, more, signingKeys, audience } = changes;
  if (latest === null) return 'It is the first.';
  const numbers = { added, changed, disabled, refused };
  const keys = Object.entries(numbers).flatMap(([what, keys]) => (keys > 0 ? [`${keys} ${what}`] : []));
  const parts = [
    ...(keys.length > 0 ? [`keys: ${more ? 'at least ' : ''}${keys.join(', ')}`] : []),
    ...(signingKeys > 0 ? [`signing keys: ${signingKeys} changed`] : []),
    ...(audience ? ['another audience'] : []),
  ];
  return `Since number ${latest.sequence}: ${parts.join('; ') || 'nothing changed'}.`;
}
