import type { BundleChangesView } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

/** What a bundle would bring news of, a line each; none: nothing changed. */
export function changeWords(changes: BundleChangesView): readonly string[] {
  const { added, changed, disabled, refused, more, signingKeys, audience } = changes;
  const lines: readonly (string | false)[] = [
    added > 0 && count(added, 'new key'),
    changed > 0 && count(changed, 'changed key'),
    disabled > 0 && count(disabled, 'disabled key'),
    refused > 0 && `${count(refused, 'key')} revoked or removed`,
    more && 'and more keys: not all were counted',
    signingKeys > 0 && `${count(signingKeys, 'signing key')} made, rotated, retired or compromised`,
    audience && 'another audience',
  ];
  return lines.filter(line => line !== false);
}

function count(number: number, what: string): string {
  return `${formatCount(number)} ${what}${number === 1 ? '' : 's'}`;
}
