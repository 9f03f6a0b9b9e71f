import type { PreventableEvent } from '../preventable-event.ts';
import { preventableEvent } from '../preventable-event.ts';
import { openWindows } from '../window/open-windows.ts';

type Emit = (event: string, ...args: unknown[]) => boolean;

/**
 * How an Electron app ends: `before-quit`, every window asked to close, `will-quit`, `quit`, gone. A listener on the
 * first or third, or on a window's `close`, may call it off.
 */
export class Quitting {
  readonly #emit: Emit;
  #stage: 'running' | 'quitting' | 'exiting' = 'running';

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  quit(): void {
    if (this.#stage !== 'running' || this.#isPrevented('before-quit')) return;
    this.#stage = 'quitting';
    if (openWindows.size === 0) this.#finish();
    for (const window of [...openWindows]) window.close();
  }

  /** A window's `close` was prevented: the app stays. */
  callOff(): void {
    this.#stage = 'running';
  }

  lastWindowClosed(): void {
    if (this.#stage === 'quitting') this.#finish();
    else if (this.#stage === 'running' && !this.#emit('window-all-closed')) this.quit();
  }

  /** `app.exit()`: nobody is asked. */
  exit(code: number): never {
    this.#stage = 'exiting';
    for (const window of [...openWindows]) window.destroy();
    return this.#leave(code);
  }

  #finish(): void {
    if (this.#isPrevented('will-quit')) this.#stage = 'running';
    else this.#leave(0);
  }

  /** The pipe to Chromium closes with this process, and Chromium ends by itself. */
  #leave(code: number): never {
    this.#emit('quit', preventableEvent({}), code);
    process.exit(code);
  }

  #isPrevented(name: string): boolean {
    const event: PreventableEvent = preventableEvent({});
    this.#emit(name, event);
    return event.defaultPrevented;
  }
}
