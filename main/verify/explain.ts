import { shownTime } from './bundle-error.ts';
import type { Contents } from './contents.ts';
import { endOf } from './decide.ts';
import type { Finding } from './finding.ts';
import type { CheckedRequest } from './read-request.ts';
import { SUSPENDED } from './status-list-bits.ts';
import { CHECKS, type Check, REASONS, type Step } from './verdict.ts';

/** Tells a decision step by step. It decides nothing: what failed is in the finding, and all before it passed. */
export function explainSteps(finding: Finding, contents: Contents, request: CheckedRequest): readonly Step[] {
  const failed = finding.reason === null ? CHECKS.length : REASONS.indexOf(finding.reason);
  return CHECKS.map((check, index): Step => {
    if (index > failed) {
      return { check, outcome: 'not-reached', detail: 'Not looked at: an earlier check failed.' };
    }
    if (index === failed)
      return { check, outcome: 'failed', detail: whyFailed(check, finding, contents, request) };
    const notAsked = whyNotAsked(check, finding, request);
    return notAsked === null
      ? { check, outcome: 'passed', detail: whyPassed(check, finding, contents, request) }
      : { check, outcome: 'not-asked', detail: notAsked };
  });
}

function whyNotAsked(check: Check, { form, line, claims }: Finding, request: CheckedRequest): string | null {
  switch (check) {
    case 'checksum':
      return form === 'jwt' ? 'A JWT has no checksum: its signature is checked.' : null;
    case 'signature':
      return form === 'opaque' ? 'An opaque token has no signature: its SHA-256 is looked up.' : null;
    case 'issuer':
    case 'audience':
      return form === 'opaque' ? `An opaque token names no ${check}.` : null;
    case 'ip':
      return (line?.allowed_ips.length ?? 0) + (claims?.allowedIps.length ?? 0) === 0
        ? 'The key is bound to no addresses.'
        : null;
    case 'grants':
      return request.permission === undefined && request.role === undefined
        ? 'No permission and no role was asked for.'
        : null;
    default:
      return null;
  }
}

function whyPassed(check: Check, finding: Finding, contents: Contents, request: CheckedRequest): string {
  const { form, claims, line, key } = finding;
  const end = endOf(finding);
  switch (check) {
    case 'shape':
      return form === 'jwt' ? 'This is a JWT as Keysmith issues them.' : 'This is shaped as an opaque token.';
    case 'checksum':
      return 'The checksum holds.';
    case 'signature':
      return 'A token key of the bundle signed it.';
    case 'issuer':
      return `It comes from ${claims?.iss}.`;
    case 'audience':
      return `It is for ${claims?.audience}.`;
    case 'known':
      return line || finding.refused
        ? `It is a credential of the key ${key}.`
        : `The bundle does not know it, but it was issued at ${shownTime(claims?.issuedAt ?? 0)}, after the bundle (${shownTime(contents.manifest.issuedAt)}), and newer ones are accepted.`;
    case 'not_revoked':
      return 'Nothing in the bundle refuses it.';
    case 'enabled':
      return 'The key is not disabled.';
    case 'not_expired':
      return end === null
        ? 'It does not expire.'
        : `It ends at ${shownTime(end)}, and it is ${shownTime(request.at)}.`;
    case 'ip':
      return `The address ${request.ip} is allowed.`;
    case 'grants':
      return `The key holds ${askedFor(request)}.`;
  }
}

function whyFailed(check: Check, finding: Finding, contents: Contents, request: CheckedRequest): string {
  const { form, claims, line, key, refused, status } = finding;
  const { manifest } = contents;
  switch (check) {
    case 'shape':
      return 'It is neither an opaque token nor a JWT as Keysmith issues them: look for a part that is missing or was added.';
    case 'checksum':
      return 'The checksum does not hold: it was mistyped or cut, and was never issued so.';
    case 'signature':
      return 'No token key of the bundle signed it: it was forged or changed, or its token key was withdrawn.';
    case 'issuer':
      return `It does not come from ${manifest.iss}, whose bundle this is.`;
    case 'audience':
      return `It is for another service than ${manifest.service}, which takes tokens for ${manifest.audience}.`;
    case 'known':
      if (form === 'opaque')
        return 'The bundle has no credential with its SHA-256: it was issued later, or never.';
      return key !== null && status === null && (line || refused)
        ? 'Its place in a status list is not in the bundle.'
        : `The bundle ${manifest.sequence} of ${manifest.service} has no such credential for its key: it was issued later, or never.`;
    case 'not_revoked':
      return refused
        ? `The credential of the key ${key} is refused since ${shownTime(refused.at)}: ${refused.reason}.`
        : `The status list refuses the credential of the key ${key}.`;
    case 'enabled':
      return status === SUSPENDED && line?.status !== 'disabled'
        ? `The status list says that the key ${key} is disabled.`
        : `The key ${key} is disabled.`;
    case 'not_expired':
      return `It ended at ${shownTime(endOf(finding) ?? 0)}, and it is ${shownTime(request.at)}.`;
    case 'ip': {
      const lists = [line?.allowed_ips ?? [], claims?.allowedIps ?? []].filter(list => list.length > 0);
      const allowed = lists.map(list => list.slice(0, 20).join(', ')).join('; and by the token: ');
      return request.ip === undefined
        ? `The key is bound to addresses, and none was given. Allowed: ${allowed}.`
        : `The address ${request.ip} is not allowed. Allowed: ${allowed}.`;
    }
    case 'grants':
      return `The key${claims ? ', or the token itself,' : ''} does not hold ${askedFor(request)}.`;
  }
}

function askedFor({ permission, role, account }: CheckedRequest): string {
  const asked = [
    permission === undefined ? [] : [`the permission ${permission}`],
    role === undefined
      ? []
      : [`the role ${role}${account === undefined ? '' : ` for the account ${account}`}`],
  ];
  return asked.flat().join(' and ');
}
