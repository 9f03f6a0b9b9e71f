import type { ImportPhase } from '../../../preload/contract.ts';
import { formatCount } from '../../ui/dates.ts';
import { perSecond, type Sample, secondsLeft } from './import-pace.ts';

/** `1 key`, `300 keys`. */
export function keysWords(count: number): string {
  return count === 1 ? '1 key' : `${formatCount(count)} keys`;
}

export function mistakesWords(count: number): string {
  return count === 1 ? '1 mistake' : `${formatCount(count)} mistakes`;
}

/** How far it is, in a few words. */
export function phaseWords(phase: ImportPhase, done: number, total: number): string {
  const percent = `${total === 0 ? 0 : Math.floor((done / total) * 100)} %`;
  switch (phase) {
    case 'checking':
      return `${percent} of the file is read`;
    case 'issuing':
      return `${formatCount(done)} of ${keysWords(total)}`;
    case 'indexing':
      return `All keys are issued, ${percent} of them are in the search’s index`;
    case 'encrypting':
      return `All keys are issued, ${percent} of their secrets are encrypted`;
  }
}

/** How fast it goes and how long it will take; empty while that is not known. */
export function paceWords(samples: readonly Sample[], total: number): string {
  const pace = perSecond(samples);
  const left = secondsLeft(samples, total);
  if (pace === null || left === null) return '';
  return `${formatCount(Math.max(1, Math.round(pace)))} keys a second, ${durationWords(left)} left`;
}

/** A time that is only guessed: no more exact than that. */
function durationWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole <= 1) return 'about a second';
  if (whole < 90) return `about ${whole} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  return `about ${formatCount(hours)} hours`;
}
