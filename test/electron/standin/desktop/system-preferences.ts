import type { AnimationSettings } from 'electron';
import { StrictEmitter } from '../strict.ts';

/** Electron's `systemPreferences`, as far as it says anything on Linux. */
class ModelledSystemPreferences extends StrictEmitter {
  constructor() {
    super('systemPreferences', ['accent-color-changed', 'color-changed']);
  }

  getAnimationSettings(): AnimationSettings {
    return {
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: true,
      prefersReducedMotion: false,
    };
  }
}

export const systemPreferences = new ModelledSystemPreferences();
