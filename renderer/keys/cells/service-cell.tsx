import { use } from 'react';
import { TitlesContext } from '../titles-context.ts';

/** The service that a key opens, by its title. */
export function ServiceCell({ slug }: { slug: string }) {
  const title = use(TitlesContext).service(slug);
  return <span title={`${title} (${slug})`}>{title}</span>;
}
