import { Button } from '@mantine/core';
import type { KeyView } from '../../preload/contract.ts';
import { Tag } from '../ui/tag.tsx';
import { useRights } from '../ui/use-rights.ts';
import type { KeyRequest } from './key-request.ts';
import { needsSaving } from './needs-saving.ts';
import { tokenProblems } from './token-problems.ts';

interface Props {
  readonly keyView: KeyView;
  readonly onRequest: (request: KeyRequest) => void;
}

/** Which signed token a key has, and why it should be signed anew. */
export function TokenFact({ keyView: key, onRequest }: Props) {
  const rights = useRights();
  const problems = tokenProblems(key);
  return (
    <>
      <dt>Token ID</dt>
      <dd>
        <span className="mono">{key.hint}</span> {needsSaving(key) && <Tag tone="warn">Not saved</Tag>}
      </dd>
      {problems.length > 0 && (
        <>
          <dt>Token</dt>
          <dd>
            {problems.map(({ word, tone, reason }) => (
              <div key={word}>
                <Tag tone={tone}>{word}</Tag>
                <div>{reason}.</div>
              </div>
            ))}
            {rights.manages(key.service) && (
              <Button
                mt={4}
                size="compact-xs"
                variant="default"
                onClick={() => onRequest({ kind: 'reissue', key })}
              >
                Reissue token…
              </Button>
            )}
          </dd>
        </>
      )}
    </>
  );
}
