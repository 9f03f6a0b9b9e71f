import { createContext } from 'react';

/** True when the counts beside the choices are the least that there are. */
export const AtLeastContext = createContext(false);
