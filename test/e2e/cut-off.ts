import type { Page } from '@playwright/test';

/**
 * What of the page's text nobody can read, and what scrolls both ways though it is no table. Text may lie beyond an
 * edge that can be scrolled, and may end in an ellipsis where a title says it whole.
 */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${String(element.className).split(' ')[0]}`;
    const clips = (value: string) => value === 'hidden' || value === 'clip';
    const scrolls = (value: string) => value === 'auto' || value === 'scroll';

    /** The first ancestor that cuts this piece of text off. */
    function cutBy(text: Text, box: DOMRect): Element | null {
      let { left, right, top, bottom } = box;
      for (let at = text.parentElement; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.clipPath !== 'none' || style.clip !== 'auto') return null;
        const frame = at.getBoundingClientRect();
        if (scrolls(style.overflowX) || scrolls(style.overflowY)) {
          // It can be scrolled into the frame; from here on, the frame has to be seen.
          if (scrolls(style.overflowX)) [left, right] = [frame.left, frame.right];
          if (scrolls(style.overflowY)) [top, bottom] = [frame.top, frame.bottom];
        }
        const wide = left < frame.left - 1 || right > frame.right + 1;
        const high = top < frame.top - 1 || bottom > frame.bottom + 1;
        if ((clips(style.overflowX) && wide) || (clips(style.overflowY) && high))
          return at.closest('[title]') ? null : at;
        if (style.position === 'fixed') break;
      }
      const beyond = left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
      return beyond ? document.body : null;
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      const parent = text.parentElement;
      if (!parent || !text.data.trim()) continue;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        const by = box.width === 0 ? null : cutBy(text, box);
        if (by) found.add(`"${text.data.slice(0, 40)}" is cut off by ${name(by)}`);
      }
    }
    for (const element of document.querySelectorAll('html, body, #root, #root *, [data-portal] *')) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const wide = element.scrollWidth > element.clientWidth + 1;
      const high = element.scrollHeight > element.clientHeight + 1;
      const isTable = element.matches('[role=grid]') || element.querySelector('table, [data-row]') !== null;
      if (scrolls(overflowX) && wide && !isTable && element.matches(':not(textarea, pre)'))
        found.add(`${name(element)} scrolls sideways${high && scrolls(overflowY) ? ' too' : ''}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.add('the page is wider than the window');
    return [...found];
  });
}
