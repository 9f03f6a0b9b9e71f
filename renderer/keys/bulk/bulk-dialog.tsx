import { Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkAction, ServiceView } from '../../../preload/contract.ts';
import { useGoToBundle } from '../../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../../exchange/notify-next-bundle.ts';
import { serviceQuery } from '../../services/service-queries.ts';
import { call } from '../../ui/call.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatCount } from '../../ui/dates.ts';
import { notify } from '../../ui/notify.ts';
import { ReasonField } from '../../ui/reason-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useReason } from '../../ui/use-reason.ts';
import { useWork } from '../../ui/use-work.ts';
import { expiryProblem, firstExpiry, toExpires } from '../expiry-choice.ts';
import { ExpiryField } from '../expiry-field.tsx';
import type { Selection } from '../use-selection.ts';
import { BULK_WORDS } from './bulk-words.ts';
import { ANY_POLICY, serviceOf } from './common-service.ts';
import { mustTypeNumber, NumberField } from './number-field.tsx';
import { RefusalList } from './refusal-list.tsx';

interface Props {
  readonly action: BulkAction;
  readonly selection: Selection;
  readonly services: readonly ServiceView[];
  readonly onClose: () => void;
}

/** Asks before several keys are changed at once: all of them, or none. */
export function BulkDialog({ action, selection, services, onClose }: Props) {
  const client = useQueryClient();
  const now = Math.floor(useNow(20_000) / 1000);
  // The selection may shrink under the dialog, to what was not refused; it is asked about as it is.
  const ids = [...selection.ids];
  const count = `${formatCount(ids.length)} ${ids.length === 1 ? 'key' : 'keys'}`;
  const words = BULK_WORDS[action];
  const [common] = useState(() => serviceOf(client, ids, services));
  const { data: service } = useQuery({ ...serviceQuery(common ?? ''), enabled: common !== null });
  const policy = service?.policy ?? ANY_POLICY;
  const reason = useReason();
  const [typed, setTyped] = useState('');
  const [chosen, setExpiry] = useState<ReturnType<typeof firstExpiry> | null>(null);
  const [shown, setShown] = useState(false);
  const goToBundle = useGoToBundle();
  const { working, problem, run, clear } = useWork();

  const takesReason = action === 'revoke' || action === 'remove';
  const expiry = chosen ?? firstExpiry(policy, now);
  const expiryWrong = action === 'extend' ? expiryProblem(expiry, policy, now) : null;
  const reasonWrong = takesReason ? reason.wrong : null;
  const confirmed = !mustTypeNumber(ids.length) || typed.replaceAll(/\D/g, '') === String(ids.length);

  function change() {
    setShown(true);
    if (reasonWrong !== null || expiryWrong !== null || !confirmed) return;
    const expires = action === 'extend' ? toExpires(expiry) : undefined;
    void run(async () => {
      const { stale } = await call(
        window.keysmith.keys.bulk({
          action,
          keys: ids,
          ...(takesReason ? reason.asked : {}),
          ...(expires === undefined ? {} : { expires }),
        }),
      );
      const done = `${count} ${ids.length === 1 ? 'was' : 'were'} ${words.done}.`;
      if (stale > 0)
        notify(
          `${done} Their signed tokens do not change: ${formatCount(stale)} of them now say something else. Reissue those tokens.`,
        );
      else if (common === null) notify(`${done} Services notice with the next bundle.`);
      else notifyNextBundle(`${done} Services notice with the next bundle.`, common, goToBundle);
      onClose();
      selection.clear();
    });
  }

  function deselect(refused: readonly string[]) {
    clear();
    setTyped('');
    selection.deselect(refused);
    if (ids.every(id => refused.includes(id))) onClose();
  }

  return (
    <ConfirmDialog
      title={words.title(count)}
      action={`${words.button} ${count}`}
      destructive={words.destructive}
      disabled={!confirmed || ids.length === 0}
      working={working}
      problem={problem?.refusals ? null : problem}
      onConfirm={change}
      onCancel={() => {
        if (!working) onClose();
      }}
    >
      {problem?.refusals && (
        <RefusalList refusals={problem.refusals} asked={ids.length} onDeselect={deselect} />
      )}
      <Text size="sm">{words.consequence(ids.length === 1)} Either all are changed, or none is.</Text>
      <Text size="sm" c="dimmed">
        Services notice from the next bundle on that you export to them.
      </Text>
      {action === 'extend' && (
        <ExpiryField
          policy={policy}
          value={expiry}
          error={(shown && expiryWrong) || undefined}
          onChange={setExpiry}
        />
      )}
      {takesReason && <ReasonField reason={reason} />}
      {mustTypeNumber(ids.length) && <NumberField count={ids.length} value={typed} onChange={setTyped} />}
      <Text size="sm" c="dimmed" role="status">
        {working && `${words.working} ${count}…`}
      </Text>
    </ConfirmDialog>
  );
}
