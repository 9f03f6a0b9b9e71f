import type { VerdictView } from '../../preload/contract.ts';

/** What the checks of the verifier are called; those it gets later have their own names. */
const CHECKS: Readonly<Record<string, string>> = {
  bundle: 'Bundle',
  shape: 'Shape',
  checksum: 'Checksum',
  signature: 'Signature',
  issuer: 'Issuer',
  audience: 'Audience',
  known: 'Known',
  not_revoked: 'Not revoked',
  enabled: 'Enabled',
  not_expired: 'Not expired',
  ip: 'Address',
  grants: 'Grants',
};

export function checkWord(check: string): string {
  return CHECKS[check] ?? spoken(check);
}

export function verdictWords({ valid, reason }: VerdictView): string {
  return valid ? 'Valid' : `Refused: ${spoken(reason ?? '').toLowerCase()}`;
}

function spoken(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
