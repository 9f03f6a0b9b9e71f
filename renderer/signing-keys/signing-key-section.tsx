import { Button } from '@mantine/core';
import type { SigningKeyView, SigningPurpose } from '../../preload/contract.ts';
import { PageSection } from '../ui/page-section.tsx';
import { useRights } from '../ui/use-rights.ts';
import type { SigningKeyRequest } from './signing-key-request.ts';
import { SigningKeyRow } from './signing-key-row.tsx';
import { PURPOSES } from './signing-key-words.ts';
import classes from './signing-keys.module.css';

interface Props {
  readonly purpose: SigningPurpose;
  /** Those of this purpose, oldest first. */
  readonly signingKeys: readonly SigningKeyView[];
  readonly onRequest: (request: SigningKeyRequest) => void;
}

/** The keys of one purpose: the one that signs first, then the newest. */
export function SigningKeySection({ purpose, signingKeys, onRequest }: Props) {
  const rights = useRights();
  const words = PURPOSES[purpose];
  const active = signingKeys.find(({ state }) => state === 'active') ?? null;
  const sorted = signingKeys.toReversed().sort((a, b) => rank(a) - rank(b));
  return (
    <PageSection
      title={words.title}
      about={words.does}
      action={
        rights.may('signing-key.rotate') && (
          <Button
            variant="default"
            flex="none"
            onClick={() => onRequest({ kind: 'rotate', purpose, active })}
          >
            {active ? 'Rotate…' : `Make a ${words.one}…`}
          </Button>
        )
      }
    >
      {sorted.length === 0 ? (
        <p className={classes.none}>{words.none}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Key ID</th>
              <th scope="col">Algorithm</th>
              <th scope="col">Created</th>
              <th scope="col">Rotated, ended</th>
              <th scope="col">{purpose === 'token' ? 'Live tokens' : 'Retirement'}</th>
              <th scope="col">
                <span className="unseen">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(signingKey => (
              <SigningKeyRow key={signingKey.kid} signingKey={signingKey} onRequest={onRequest} />
            ))}
          </tbody>
        </table>
      )}
    </PageSection>
  );
}

function rank({ state }: SigningKeyView): number {
  return state === 'active' ? 0 : 1;
}
