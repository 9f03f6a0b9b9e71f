import type { Catalog } from '../../preload/contract.ts';
import { kindWord } from '../keys/cells/kind-word.tsx';
import { durationWords } from '../keys/expiry-choice.ts';
import type { ListView } from '../keys/list-view.ts';
import { statusWord } from '../ui/status-dot.tsx';

/** Of several choices in a group any will do, and so they are told. */
const anyOf = new Intl.ListFormat('en', { type: 'disjunction' });

/** Which keys a list shows, in words: what narrows it, after its service. */
export function filterWords(
  view: ListView,
  service: string,
  catalog: Pick<Catalog, 'permissions' | 'roles'> | undefined,
): string {
  const title = (entries: Catalog['permissions'] | Catalog['roles'] = [], id: string) =>
    entries.find(entry => entry.id === id)?.title ?? id;
  const group = (name: string, words: readonly string[]) =>
    words.length > 0 && `${name} ${anyOf.format(words)}`;
  const words: readonly (string | false)[] = [
    service,
    group('status', view.statuses.map(statusWord)),
    group('kind', view.kinds.map(kindWord)),
    group(
      'permission',
      view.permissions.map(id => title(catalog?.permissions, id)),
    ),
    group(
      'role',
      view.roles.map(id => title(catalog?.roles, id)),
    ),
    view.expires !== null &&
      (view.expires === 'never' ? 'never expiring' : `expiring within ${durationWords(view.expires)}`),
    view.ips.length === 1 && (view.ips[0] === 'set' ? 'with allowed IPs' : 'without allowed IPs'),
    view.admits !== null && `admitting ${view.admits}`,
    group('created by', view.createdBy),
    view.unsaved && 'not saved',
    view.overdue && 'overdue for rotation',
    view.exposed && 'public with private-only permissions',
    view.text !== '' && `found by “${view.text}”`,
  ];
  return words.filter(word => word !== false).join(', ');
}
