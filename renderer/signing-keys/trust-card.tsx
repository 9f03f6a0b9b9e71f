import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SigningKeyView } from '../../preload/contract.ts';
import { problemOf } from '../ui/call.ts';
import { formatDateTime } from '../ui/dates.ts';
import { PageSection } from '../ui/page-section.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useRights } from '../ui/use-rights.ts';
import { SavePublicKeys } from './save-public-keys.tsx';
import { trustQuery } from './signing-key-queries.ts';
import classes from './signing-keys.module.css';

/** What an admin hands to a service once, by hand, and what both compare. */
export function TrustCard({ signingKeys }: { signingKeys: readonly SigningKeyView[] }) {
  const trustKeys = signingKeys.filter(({ purpose }) => purpose === 'trust');
  const active = trustKeys.some(({ state }) => state === 'active');
  const makesFirst = useRights().may('signing-key.create');
  // Asking makes the first trust key, which a look at the page must not do.
  const { data, error } = useQuery({ ...trustQuery, enabled: active });
  const compromisedAt = Math.max(
    ...trustKeys.map(({ state, endedAt }) => (state === 'compromised' ? (endedAt ?? 0) : 0)),
    0,
  );
  return (
    <PageSection title="Hand-over" about="what a service needs once, by hand, to believe bundles">
      <div className={classes.card}>
        {compromisedAt > 0 && (
          <Alert color="red" variant="light" p="xs" icon={<IconAlertTriangle size={16} />}>
            A trust key was marked as compromised on {formatDateTime(compromisedAt)}. Hand trust.json over
            anew, by hand, to every service that got it before: no bundle can tell them.
          </Alert>
        )}
        <div className={classes.file}>
          <p className={classes.sentence}>
            Give <span className="mono">trust.json</span> to a service before its first bundle, then compare
            the fingerprint with whoever runs the service by another channel, such as the phone: a file that
            was swapped on the way has another one.
          </p>
          {data && (
            <section className={classes.fingerprint} aria-label="Fingerprint of trust.json">
              {data.fingerprint}
            </section>
          )}
          {!active && (
            <p className={`${classes.sentence} ${classes.dim}`}>
              {makesFirst
                ? 'Saving it makes the first trust key; its fingerprint is shown here then.'
                : 'There is no trust key yet: the first bundle makes it.'}
            </p>
          )}
          <ProblemAlert problem={error && problemOf(error)} />
          {(active || makesFirst) && <SavePublicKeys what="trust" />}
        </div>
        <div className={classes.file}>
          <p className={classes.sentence}>
            <span className="mono">jwks.json</span> has the public token keys, for software that reads JWTs
            without bundles. It does not say which tokens were revoked.
          </p>
          <SavePublicKeys what="jwks" />
        </div>
      </div>
    </PageSection>
  );
}
