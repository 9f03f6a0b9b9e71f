import { Menu } from 'electron';
import type { AppState } from '../../preload/contract.ts';
import { type MenuParts, menuTemplate } from './menu-template.ts';

/**
 * The application menu; what it does of Keysmith's own happens in the window.
 *
 * @returns shows what there is to do where the app stands now
 */
export function setUpMenu(
  parts: Omit<MenuParts, 'state' | 'services'>,
): (state: AppState | null, services: MenuParts['services']) => void {
  let shown = '';
  return (state, services) => {
    const listed = services.map(({ slug, title, policy }) => [slug, title, policy.managed_by]);
    const next = JSON.stringify([state?.kind === 'ready' && state.operator.role, state?.kind, listed]);
    // A menu that somebody has open is not exchanged for one that says the same.
    if (next === shown) return;
    shown = next;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...parts, state, services })));
  };
}
