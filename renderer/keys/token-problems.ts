import type { KeyView } from '../../preload/contract.ts';
import type { KeyMark } from './key-marks.ts';

/** Whether a key's token can be signed anew: it is signed, and a new one would open something. */
export function canReissue({ format, status, tampered }: KeyView): boolean {
  return format === 'jwt' && !tampered && status !== 'revoked' && status !== 'expired';
}

/** Why a key's token should be signed anew, the gravest first. */
export function tokenProblems(key: KeyView): readonly KeyMark[] {
  if (!canReissue(key)) return [];
  const problems: readonly (KeyMark | false)[] = [
    key.compromised && {
      word: 'Signed by a compromised key',
      tone: 'bad',
      reason: 'The signing key of this token is marked as compromised: services refuse the token',
    },
    key.stale && {
      word: 'Token older than its roles',
      tone: 'warn',
      reason: 'The key was changed after its token was signed: the token still says what it was before',
    },
  ];
  return problems.filter(problem => problem !== false);
}
