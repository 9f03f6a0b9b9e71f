import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/**
 * One running instance per user data folder.
 *
 * The lock is an abstract Unix socket named after the folder: the kernel frees it the moment its owner dies, even
 * by SIGKILL, so no lock is ever stale. The second start leaves its message as a file, because
 * `requestSingleInstanceLock()` is synchronous and the process may end right after it.
 */
export class SingleInstanceLock {
  #server: Server | undefined;

  get held(): boolean {
    return this.#server !== undefined;
  }

  /** @returns whether this process is the first one; if not, `message` has been handed to the first. */
  request(userData: string, message: SecondStart, onSecondStart: (start: SecondStart) => void): boolean {
    if (this.held) return true;
    const inbox = path.join(realpathSync(userData), 'second-starts');
    mkdirSync(inbox, { recursive: true });
    const server = createServer();
    server.on('error', () => undefined);
    server.listen(`\0electron-standin-${createHash('sha256').update(inbox).digest('hex')}`);
    // Binding happens within listen(): on failure there is no handle and `listening` is false at once.
    if (!server.listening) {
      leaveMessage(inbox, message);
      return false;
    }
    this.#server = server.unref();
    rmSync(inbox, { recursive: true, force: true });
    mkdirSync(inbox);
    watch(inbox, { persistent: false }, (_event, file) => {
      if (!file?.endsWith('.json')) return;
      const start = takeMessage(path.join(inbox, file));
      if (start) onSecondStart(start);
    });
    return true;
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
  }
}

/** Written aside and renamed, so that the watcher never sees half a file. */
function leaveMessage(inbox: string, message: SecondStart): void {
  const file = path.join(inbox, randomUUID());
  writeFileSync(file, JSON.stringify(message));
  renameSync(file, `${file}.json`);
}

/** Undefined when the file is gone: the watcher reports its removal too. */
function takeMessage(file: string): SecondStart | undefined {
  try {
    const message = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
    rmSync(file);
    return message;
  } catch {
    return undefined;
  }
}
