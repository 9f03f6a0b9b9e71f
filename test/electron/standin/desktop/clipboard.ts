import { Blob } from 'node:buffer';
import type { Clipboard, ClipboardBookmark } from 'electron';
import { StrictInstance, strictObject } from '../strict.ts';

type Payload = string | ClipboardBookmark | Blob;
type Item = Payload | Promise<Blob | string>;

const bookmark = 'electron application/bookmark';

/** Electron's `ClipboardItem`: representations of one thing, by MIME type. */
export class ClipboardItem extends StrictInstance {
  readonly #items: ReadonlyMap<string, Item>;

  constructor(items: Record<string, Item>) {
    super();
    this.#items = new Map(Object.entries(items));
    if (this.#items.size === 0) throw new TypeError('ClipboardItem needs at least one representation');
  }

  get types(): string[] {
    return [...this.#items.keys()];
  }

  /** @returns a Blob, or the bookmark for that custom format. @throws for a type the item does not have. */
  async getType(type: string): Promise<Blob | ClipboardBookmark> {
    const item = await this.#items.get(type);
    if (item === undefined) throw new Error(`The type ${type} was not found`);
    if (typeof item === 'string') return new Blob([item], { type });
    return item;
  }
}

/**
 * A clipboard in memory, so that tests neither read nor change the real one. Marks for clipboard managers are raw
 * formats, such as `electron application/osclipboard;format="x-kde-passwordManagerHint"`, and are kept like any other.
 */
class MemoryClipboard {
  #items: readonly ClipboardItem[] = [];

  clear(): void {
    this.#items = [];
  }
  async has(type: string): Promise<boolean> {
    return this.#items.some(item => item.types.includes(type));
  }
  async read(): Promise<ClipboardItem[]> {
    return [...this.#items];
  }
  async readText(): Promise<string> {
    const item = this.#items.find(({ types }) => types.includes('text/plain'));
    const blob = await item?.getType('text/plain');
    return blob instanceof Blob ? blob.text() : '';
  }
  /** All representations are there before any is replaced, so that a failing promise leaves the clipboard as it was. */
  async write(items: ClipboardItem[]): Promise<void> {
    if (!Array.isArray(items) || !items.every(item => item instanceof ClipboardItem)) {
      throw new TypeError('clipboard.write takes an array of ClipboardItem');
    }
    this.#items = await Promise.all(items.map(settle));
  }
  async writeText(text: string): Promise<void> {
    if (typeof text !== 'string') throw new TypeError('clipboard.writeText takes a string');
    this.#items = [new ClipboardItem({ 'text/plain': text })];
  }
}

async function settle(item: ClipboardItem): Promise<ClipboardItem> {
  const entries = item.types.map(async type => {
    const payload = await item.getType(type);
    if (type === bookmark && payload instanceof Blob)
      throw new TypeError('A bookmark is an object of title and url');
    return [type, payload] as const;
  });
  return new ClipboardItem(Object.fromEntries(await Promise.all(entries)));
}

function makeClipboard(name: string, more: object): object {
  const memory = new MemoryClipboard();
  return strictObject(name, {
    clear: () => memory.clear(),
    has: (type: string) => memory.has(type),
    read: () => memory.read(),
    readText: () => memory.readText(),
    write: (items: ClipboardItem[]) => memory.write(items),
    writeText: (text: string) => memory.writeText(text),
    ...more,
  });
}

/** Electron's `clipboard` (asynchronous since Electron 44), with X11's second one as `selection`. */
export const clipboard = makeClipboard('clipboard', {
  selection: makeClipboard('clipboard.selection', {}),
}) as Clipboard;
