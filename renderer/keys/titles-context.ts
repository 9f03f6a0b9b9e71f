import { createContext } from 'react';

/** What services and their permissions are called; the ID of what has no title. */
export interface Titles {
  readonly service: (slug: string) => string;
  readonly permission: (service: string, permission: string) => string;
}

/** The titles of the services whose keys are in view. */
export const TitlesContext = createContext<Titles>({
  service: slug => slug,
  permission: (_service, permission) => permission,
});
