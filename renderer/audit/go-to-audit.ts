import { createContext, use } from 'react';

/** Shows the entries of a key in the audit log. */
export const GoToAuditContext = createContext<(key: string) => void>(() => undefined);

export function useGoToAudit(): (key: string) => void {
  return use(GoToAuditContext);
}
