import type { BundleWarning } from '../../preload/contract.ts';
import { formatCount } from '../ui/dates.ts';

/** What is pointed out first. */
const ORDER = ['ended', 'ending', 'changed', 'none'] as const satisfies BundleWarning['kind'][];

/** Services that are named before the rest becomes a number. */
const NAMED = 2;

/** What the banner says of bundles, and where it leads. */
export interface BundlePointer {
  readonly kind: BundleWarning['kind'];
  /** The fact, and why it matters. */
  readonly what: string;
  readonly why: string;
  /** The slug of the first service that it is about. */
  readonly service: string;
}

/** The gravest of what is to be said of bundles, for all services that it holds for; null: nothing. */
export function bundlePointer(warnings: readonly BundleWarning[]): BundlePointer | null {
  const kind = ORDER.find(each => warnings.some(warning => warning.kind === each));
  const about = warnings.filter(warning => warning.kind === kind);
  const [first] = about;
  if (!kind || !first) return null;
  const [what, why] = WORDS[kind](namesOf(about), about.length === 1);
  return { kind, what, why, service: first.service };
}

function namesOf(warnings: readonly BundleWarning[]): string {
  const names = warnings.slice(0, NAMED).map(({ title }) => title);
  const more = warnings.length - names.length;
  const rest = more === 0 ? [] : [`${formatCount(more)} more ${more === 1 ? 'service' : 'services'}`];
  return new Intl.ListFormat('en').format([...names, ...rest]);
}

const WORDS: Readonly<
  Record<BundleWarning['kind'], (names: string, one: boolean) => readonly [what: string, why: string]>
> = {
  ended: (names, one) => [
    `The last ${one ? 'bundle' : 'bundles'} of ${names} ${one ? 'has' : 'have'} ended.`,
    'Services take no key by it any more.',
  ],
  ending: (names, one) => [
    `The last ${one ? 'bundle' : 'bundles'} of ${names} ${one ? 'ends' : 'end'} within 7 days.`,
    'Services take no key by it then.',
  ],
  changed: (names, one) => [
    `Changes of ${names} are not in ${one ? 'its last bundle' : 'their last bundles'}.`,
    'Services do not know of them yet.',
  ],
  none: (names, one) => [
    `${names} ${one ? 'has' : 'have'} no bundle yet:`,
    `services do not know ${one ? 'its' : 'their'} keys.`,
  ],
};
