import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SIGNING_PURPOSES } from '../../preload/contract.ts';
import { problemOf } from '../ui/call.ts';
import { LoadingScreen } from '../ui/loading-screen.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { signingKeysQuery } from './signing-key-queries.ts';
import type { SigningKeyRequest } from './signing-key-request.ts';
import { SigningKeySection } from './signing-key-section.tsx';
import { TrustCard } from './trust-card.tsx';

interface Props {
  /** What stands above the page: the banner. */
  readonly above: ReactNode;
  readonly onRequest: (request: SigningKeyRequest) => void;
}

/** The keys that sign tokens and bundles, and what services need in order to believe them. */
export function SigningKeysPage({ above, onRequest }: Props) {
  const { data: signingKeys, error } = useQuery(signingKeysQuery);
  return (
    <Page title="Signing keys" above={above}>
      {error && <ProblemAlert problem={problemOf(error)} />}
      {!signingKeys && !error && <LoadingScreen />}
      {signingKeys && (
        <>
          {SIGNING_PURPOSES.map(purpose => (
            <SigningKeySection
              key={purpose}
              purpose={purpose}
              signingKeys={signingKeys.filter(each => each.purpose === purpose)}
              onRequest={onRequest}
            />
          ))}
          <TrustCard signingKeys={signingKeys} />
        </>
      )}
    </Page>
  );
}
