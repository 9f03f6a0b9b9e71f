import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyView } from '../../preload/contract.ts';
import { useGoToBundle } from '../exchange/go-to-bundle.ts';
import { notifyNextBundle } from '../exchange/notify-next-bundle.ts';
import { call } from '../ui/call.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { formatDateTime } from '../ui/dates.ts';
import { useWork } from '../ui/use-work.ts';
import { keyQuery } from './key-queries.ts';
import { lastFourOf } from './last-four.ts';
import { previousSecret } from './previous-secret.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onClose: () => void;
}

/** Asks before the previous secret of a key is refused ahead of its time. */
export function EndGraceDialog({ keyView: { id, name, service }, onClose }: Props) {
  const goToBundle = useGoToBundle();
  const { working, problem, run } = useWork();
  const { data: detail } = useQuery(keyQuery(id));
  const previous = previousSecret(detail);

  function end() {
    void run(async () => {
      await call(window.keysmith.keys.endGrace({ key: id }));
      notifyNextBundle(
        `The previous secret of ${name} is refused from the next bundle on.`,
        service,
        goToBundle,
      );
      onClose();
    });
  }

  return (
    <ConfirmDialog
      title="End the grace period?"
      action="End now"
      working={working}
      problem={problem}
      onConfirm={end}
      onCancel={onClose}
    >
      <Text size="sm">
        The previous secret of <strong>{name}</strong>
        {previous && (
          <>
            , which ends in <span className="mono">…{lastFourOf(previous.hint)}</span> and is valid until{' '}
            {formatDateTime(previous.graceUntil)},
          </>
        )}{' '}
        will be refused for good. Whoever still uses it is shut out; the new secret stays valid.
      </Text>
      <Text size="sm" c="dimmed">
        Services notice from the next bundle on that you export to them.
      </Text>
    </ConfirmDialog>
  );
}
