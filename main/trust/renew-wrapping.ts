import { KeysmithError } from '../keys/errors.ts';
import { rewrapOneself } from './rewrap-oneself.ts';
import type { InstallationPorts, Session } from './session.ts';

/**
 * Stretches a passphrase anew, with another salt: an owner who left may know what came of it with the old one. Where
 * another process did so at the same moment, it is done.
 *
 * @throws TAMPERED, STORE_*
 */
export async function renewWrapping(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
): Promise<void> {
  try {
    await rewrapOneself(session, ports, passphrase, 'operator.rewrap');
  } catch (error) {
    if (!(error instanceof KeysmithError) || error.code !== 'OPERATOR_CHANGED') throw error;
  }
}
