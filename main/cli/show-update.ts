import { createFileBackground } from '../exchange/background.ts';
import { type UpdateStage, updateStage } from '../exchange/update-stage.ts';
import type { Update, UpdateProgress } from '../store/bring-up-to-date.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';

/** What is over sooner says nothing, in milliseconds. */
const LATE = 1000;

/** Brings a database up to date in a thread of its own, and says how far it is where that takes a while. */
export function shownUpdate(io: Io, { json }: CommonOptions): Update {
  return async database => {
    const show = json ? undefined : showUpdate(io);
    try {
      await createFileBackground(io.worker)({ kind: 'update', database }, { onProgress: show?.tell });
    } finally {
      show?.end();
    }
  };
}

/** At a terminal one line that changes; elsewhere a line for each thing that is begun. */
export function showUpdate({ err, terminal = false }: Pick<Io, 'err' | 'terminal'>, late = LATE) {
  let stage: UpdateStage | undefined;
  let shown = '';
  let isLate = late === 0;
  const show = () => {
    if (!isLate || !stage) return;
    const words = terminal ? `${wordsOf(stage)}, ${Math.floor(stage.fraction * 100)} %` : wordsOf(stage);
    if (words === shown) return;
    shown = words;
    const line = `keysmith: Bringing the database up to date: ${words}`;
    err(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  const timer = setTimeout(() => {
    isLate = true;
    show();
  }, late);
  return {
    tell(progress: UpdateProgress) {
      stage = updateStage(progress);
      show();
    },
    end() {
      clearTimeout(timer);
      if (terminal && shown !== '') err('\r\x1b[K');
    },
  };
}

function wordsOf({ kind, step, steps }: UpdateStage): string {
  switch (kind) {
    case 'waiting':
      return 'another process is writing to it';
    case 'copying':
      return 'making a copy of it first';
    case 'changing':
      return `step ${step} of ${steps}`;
  }
}
