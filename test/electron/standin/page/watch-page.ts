import type { PageMessage } from '../ipc/page-message.ts';

/**
 * Tells the main process of keys pressed and of the page's title. A key is reported after the page has had it, since
 * menu accelerators are for keys the page leaves alone.
 *
 * Self-contained: it runs in the page's isolated world, given to it as source text.
 */
export function watchPage(post: (message: PageMessage) => void): void {
  const report = (event: KeyboardEvent): void => {
    if (!event.isTrusted) return;
    const { key, code, location, isComposing } = event;
    const held = { shift: event.shiftKey, control: event.ctrlKey, alt: event.altKey, meta: event.metaKey };
    const modifiers = Object.entries(held).flatMap(([name, down]) => (down ? [name] : []));
    const type = event.type === 'keydown' ? 'keyDown' : 'keyUp';
    const input = { type, key, code, isAutoRepeat: event.repeat, isComposing, location, ...held, modifiers };
    // A task of its own comes after every listener of this event, wherever it was added.
    setTimeout(() => post({ kind: 'key', input, handledByPage: event.defaultPrevented }));
  };
  for (const type of ['keydown', 'keyup'] as const) addEventListener(type, report, { capture: true });

  let known = '';
  const compare = (): void => {
    if (document.title === '' || document.title === known) return;
    known = document.title;
    post({ kind: 'title', title: known });
  };
  addEventListener('DOMContentLoaded', () => {
    compare();
    new MutationObserver(compare).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
}
