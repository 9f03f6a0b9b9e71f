import { createContext } from 'react';

/** What services, their permissions and their roles are called; the ID of what has no title. */
export interface Titles {
  readonly service: (slug: string) => string;
  readonly permission: (service: string, permission: string) => string;
  readonly role: (service: string, role: string) => string;
}

/** The titles of the services whose keys are in view. */
export const TitlesContext = createContext<Titles>({
  service: slug => slug,
  permission: (_service, permission) => permission,
  role: (_service, role) => role,
});
