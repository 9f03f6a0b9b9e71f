import { expect, type Locator, type Page } from '@playwright/test';

/** So many presses of Tab lead around any screen. */
const AROUND = 120;
const POINTER = ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart'] as const;

/** Someone at the window who has no mouse: what is not reached by keys is not used. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Has the page remember each event of a mouse or a finger from now on. */
  async forbidPointer(): Promise<void> {
    await this.page.evaluate(types => {
      const seen: string[] = [];
      Object.assign(window, { pointerEvents: seen });
      for (const type of types)
        window.addEventListener(type, () => seen.push(type), { capture: true, passive: true });
    }, POINTER);
  }

  async expectNoPointer(): Promise<void> {
    expect(
      await this.page.evaluate(() => Reflect.get(window, 'pointerEvents')),
      'events of a mouse or a finger',
    ).toEqual([]);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Goes on by Tab until this has the focus, and looks whether that is seen. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor();
    await this.#goTo(target, key);
    await expect.poll(() => target.evaluate(isFocusSeen), { message: 'the focus is seen' }).toBe(true);
  }

  /** Goes there by Tab and presses Enter. */
  async use(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.press('Enter');
  }

  /** Opens the menu of the row that has the focus, and takes an item. */
  async choose(item: string): Promise<void> {
    await this.press('Shift+F10');
    const menu = this.page.getByRole('menu');
    await menu.waitFor();
    await this.#goTo(menu.getByRole('menuitem', { name: item, exact: true }), 'ArrowDown');
    await this.press('Enter');
  }

  /** Goes to a place by the command palette. */
  async command(words: string): Promise<void> {
    await this.press('ControlOrMeta+k');
    const field = this.page.getByRole('textbox', { name: 'Commands' });
    await expect(field).toBeFocused();
    await this.type(words);
    await this.page.getByRole('dialog').getByRole('button').first().waitFor();
    await this.press('Enter');
  }

  async #goTo(target: Locator, key: string): Promise<void> {
    for (let nth = 0; nth < AROUND; nth++) {
      if (await target.evaluate(element => element === document.activeElement)) return;
      await this.press(key);
    }
    throw new Error(`${AROUND} presses of ${key} do not lead to ${target}`);
  }
}

/** Whether something shows that it has the focus: an outline, on itself or what lies over it, or a text cursor. */
function isFocusSeen(element: Element): boolean {
  if (!element.matches(':focus-visible')) return false;
  const seen = (of: Element, pseudo?: string) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(of, pseudo);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  };
  if (seen(element) || seen(element, '::after')) return true;
  if (element.matches('textarea, select, input:not([type=checkbox], [type=radio])')) {
    // Fields show it by the colour of their edge.
    const probe = element.parentElement?.appendChild(document.createElement('i'));
    if (!probe) return false;
    probe.style.color = 'var(--input-bd-focus)';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return getComputedStyle(element).borderTopColor === color;
  }
  return element.nextElementSibling !== null && seen(element.nextElementSibling);
}
