import { createContext } from 'react';
import type { PermissionTitle } from './use-services-in-view.ts';

/** The permission titles of the services whose keys are in view. */
export const TitlesContext = createContext<PermissionTitle>((_service, permission) => permission);
