import { rewrapOneself } from './rewrap-oneself.ts';
import type { InstallationPorts, Session } from './session.ts';

/**
 * Stretches a passphrase anew, with another salt: an owner who left may know what came of it with the old one.
 *
 * @throws OPERATOR_CHANGED, TAMPERED, STORE_*
 */
export async function renewWrapping(
  session: Session,
  ports: InstallationPorts,
  passphrase: string,
): Promise<void> {
  await rewrapOneself(session, ports, passphrase, 'operator.rewrap');
}
