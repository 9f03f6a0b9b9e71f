import { ActionIcon, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconCopy,
  IconDots,
  IconRefresh,
  IconUsers,
} from '@tabler/icons-react';
import { useRef } from 'react';
import type { SigningKeyView } from '../../preload/contract.ts';
import { useRights } from '../ui/use-rights.ts';
import { copyKid } from './copy-kid.ts';
import type { SigningKeyRequest } from './signing-key-request.ts';
import { shortKid } from './signing-key-words.ts';

interface Props {
  readonly signingKey: SigningKeyView;
  readonly onRequest: (request: SigningKeyRequest) => void;
}

/** What can be done with one signing key. */
export function SigningKeyMenu({ signingKey, onRequest }: Props) {
  const { kid, purpose, state, live } = signingKey;
  const rights = useRights();
  const dots = useRef<HTMLButtonElement>(null);

  function request(kind: Exclude<SigningKeyRequest['kind'], 'rotate'>) {
    // Before the dialog opens, so that it knows where the focus came from.
    dots.current?.focus();
    onRequest({ kind, signingKey });
  }

  return (
    <Menu
      position="bottom-end"
      width={236}
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
      withinPortal
    >
      <Menu.Target>
        <ActionIcon
          ref={dots}
          variant="subtle"
          color="gray"
          size={26}
          c="dimmed"
          aria-label={`Actions for the key ${shortKid(kid)}`}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          data-autofocus
          leftSection={<IconCopy size={15} aria-hidden />}
          onClick={() => void copyKid(kid)}
        >
          Copy key ID
        </Menu.Item>
        {purpose === 'token' && (
          <Menu.Item leftSection={<IconUsers size={15} aria-hidden />} onClick={() => request('dependents')}>
            Show who depends on it…
          </Menu.Item>
        )}
        {purpose === 'token' && state !== 'active' && live > 0 && rights.managesAll && (
          <Menu.Item leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => request('reissue')}>
            Reissue all…
          </Menu.Item>
        )}
        {state === 'verifying' && rights.may('signing-key.retire') && (
          <Menu.Item leftSection={<IconArchive size={15} aria-hidden />} onClick={() => request('retire')}>
            Retire…
          </Menu.Item>
        )}
        {state !== 'compromised' && rights.may('signing-key.compromise') && (
          <>
            <Menu.Divider />
            <Menu.Item
              c="var(--ks-bad)"
              leftSection={<IconAlertTriangle size={15} aria-hidden />}
              onClick={() => request('compromise')}
            >
              Mark as compromised…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
