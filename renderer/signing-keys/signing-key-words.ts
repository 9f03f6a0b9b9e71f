import type { SigningAlg, SigningKeyView, SigningPurpose } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

export interface PurposeWords {
  readonly title: string;
  /** One of them, within a sentence. */
  readonly one: string;
  readonly does: string;
  /** In the place of the table while there is none. */
  readonly none: string;
}

export const PURPOSES: Readonly<Record<SigningPurpose, PurposeWords>> = {
  token: {
    title: 'Token keys',
    one: 'token key',
    does: 'sign the tokens of services that use JWTs',
    none: 'No token key yet. The first one is made when the first token is signed.',
  },
  trust: {
    title: 'Trust keys',
    one: 'trust key',
    does: 'sign bundles, inventories and audit heads',
    none: 'No trust key yet. The first one is made when something is exported, or when the trust file is saved.',
  },
};

export const STATES: Readonly<Record<SigningKeyView['state'], string>> = {
  active: 'Active',
  verifying: 'Verifying',
  retired: 'Retired',
  compromised: 'Compromised',
};

export const ALGS: Readonly<Record<SigningAlg, string>> = {
  ES256: 'ES256 – ECDSA on P-256',
  EdDSA: 'EdDSA – Ed25519',
  RS256: 'RS256 – RSA, 3072 bits',
};

/** Both ends of a key ID, which are what people compare. */
export function shortKid(kid: string): string {
  return `${kid.slice(0, 6)}…${kid.slice(-4)}`;
}

export function tokens(count: number): string {
  return count === 1 ? '1 token' : `${formatCount(count)} tokens`;
}
