import { IconAdjustments, IconFileExport, IconHistory, IconSignature } from '@tabler/icons-react';

/** The places beside the keys, as the navigation and the command palette list them. */
export const SCREENS = [
  { id: 'signing-keys', title: 'Signing keys', icon: IconSignature },
  { id: 'audit', title: 'Audit', icon: IconHistory },
  { id: 'export', title: 'Export', icon: IconFileExport },
  { id: 'settings', title: 'Settings', icon: IconAdjustments },
] as const;

/** What the window shows below its top bar. */
export type Screen = 'keys' | 'import' | (typeof SCREENS)[number]['id'];
