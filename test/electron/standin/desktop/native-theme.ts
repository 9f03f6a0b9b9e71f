import { StrictEmitter } from '../strict.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's `nativeTheme`. The system's own scheme is light here; pages follow through emulated media. */
class NativeTheme extends StrictEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: ThemeSource = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`${source} is not a theme source`);
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
