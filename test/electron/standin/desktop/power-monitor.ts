import type { PowerMonitor } from 'electron';
import { StrictEmitter } from '../strict.ts';

const events = `suspend resume on-ac on-battery shutdown lock-screen unlock-screen user-did-become-active
   user-did-resign-active thermal-state-change speed-limit-change`.split(/\s+/);

/** Electron's `powerMonitor`: a machine on mains whose user is always there. Tests emit its events or stub it. */
class ModelledPowerMonitor extends StrictEmitter {
  readonly onBatteryPower = false;

  constructor() {
    super('powerMonitor', events);
  }

  getSystemIdleTime(): number {
    return 0;
  }
  getSystemIdleState(_idleThreshold: number): ReturnType<PowerMonitor['getSystemIdleState']> {
    return 'active';
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}

export const powerMonitor = new ModelledPowerMonitor();
