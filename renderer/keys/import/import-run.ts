import { useSyncExternalStore } from 'react';
import type { Events, ImportEnd, ImportPhase, Result } from '../../../preload/contract.ts';
import { announce } from '../../ui/announcer.tsx';
import { call, type Problem, problemOf } from '../../ui/call.ts';
import { notify } from '../../ui/notify.ts';
import { addSample, type Sample } from './import-pace.ts';
import { keysWords } from './import-words.ts';

/** What keys are issued from, and for which service. */
export interface ImportSubject {
  /** A slug. */
  readonly service: string;
  readonly file: string;
  /** The unfinished one that goes on; null: a new one. */
  readonly resumes: string | null;
}

interface ImportProgress {
  readonly phase: ImportPhase;
  readonly done: number;
  readonly total: number;
}

/** The bulk issue of this window. `asking`: main asks where to, and nothing is issued yet. */
export type ImportRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly subject: ImportSubject }
  | {
      readonly kind: 'running';
      readonly subject: ImportSubject;
      readonly progress: ImportProgress;
      readonly samples: readonly Sample[];
      readonly cancelling: boolean;
    }
  | { readonly kind: 'ended'; readonly subject: ImportSubject; readonly end: ImportEnd }
  /** Refused before anything was issued. */
  | { readonly kind: 'refused'; readonly subject: ImportSubject; readonly problem: Problem };

/** It goes on while other screens are shown, so that it belongs to none of them. */
let current: ImportRun = { kind: 'none' };
let id = '';
let watchers = 0;
const listeners = new Set<() => void>();

function become(next: ImportRun): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useImportRun(): ImportRun {
  return useSyncExternalStore(subscribe, () => current);
}

/** For the screen that shows how it ends: whoever looks elsewhere is told by a notification. */
export function watchImportRun(): () => void {
  watchers += 1;
  return () => {
    watchers -= 1;
  };
}

/** Begins one, or goes on with one. A second call while one runs does nothing. */
export async function startImport(
  subject: ImportSubject,
  ask: (id: string) => Promise<Result<ImportEnd | null>>,
): Promise<void> {
  if (current.kind === 'asking' || current.kind === 'running') return;
  id = crypto.randomUUID();
  become({ kind: 'asking', subject });
  const stop = window.keysmith.on('export-progress', progress => hear(subject, progress));
  try {
    const end = await call(ask(id));
    become(end === null ? { kind: 'none' } : { kind: 'ended', subject, end });
    if (end !== null) (watchers > 0 ? announce : notify)(endWords(end));
  } catch (error) {
    const problem = problemOf(error);
    become(problem.code === 'CANCELLED' ? { kind: 'none' } : { kind: 'refused', subject, problem });
  } finally {
    stop();
  }
}

function hear(subject: ImportSubject, event: Events['export-progress']): void {
  const { phase, done, total } = event;
  if (event.id !== id || phase === undefined) return;
  const before = current.kind === 'running' ? current : undefined;
  const known = before?.progress.phase === phase ? before.samples : [];
  become({
    kind: 'running',
    subject,
    progress: { phase, done, total },
    samples: addSample(known, { at: performance.now(), done }),
    cancelling: before?.cancelling ?? false,
  });
}

/** Ends it between two batches. */
export function cancelImport(): void {
  if (current.kind !== 'running') return;
  become({ ...current, cancelling: true });
  void window.keysmith.exports.cancel({ id });
}

/** Forgets how the last one ended. */
export function forgetImport(): void {
  if (current.kind === 'ended' || current.kind === 'refused') become({ kind: 'none' });
}

/** How it ended, in a sentence. */
export function endWords(end: ImportEnd): string {
  if (end.kind === 'issued') return `${keysWords(end.rows)} ${end.rows === 1 ? 'is' : 'are'} issued.`;
  const { done, rows } = end.left;
  return `${end.failure ? 'Stopped' : 'Cancelled'}: ${done.toLocaleString()} of ${keysWords(rows)} ${done === 1 ? 'is' : 'are'} issued.`;
}
