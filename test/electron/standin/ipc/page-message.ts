import type { Input } from 'electron';

/** What the script in a page's isolated world tells the main process. Arguments and results are encoded clones. */
export type PageMessage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly message: string }
  | { readonly kind: 'key'; readonly input: Input; readonly handledByPage: boolean }
  | { readonly kind: 'title'; readonly title: string };

/** A message with the address of the document it came from, which a page cannot forge in an isolated world. */
export type Posted = PageMessage & { readonly url: string };

/** What the main process tells that script. */
export type MainMessage =
  | { readonly kind: 'result'; readonly id: number; readonly value: string }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: string };
