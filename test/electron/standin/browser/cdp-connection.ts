import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Commands, Events } from './cdp-protocol.ts';

interface PendingCommand {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: keyof Events;
  readonly params?: never;
  readonly result?: never;
  readonly error?: { readonly message: string };
}

/** The arguments after the name: none for a command without parameters. */
type ParamsOf<Method extends keyof Commands> =
  Commands[Method]['params'] extends Record<string, never> ? [] : [Commands[Method]['params']];

/** One conversation: with the browser as a whole, or with one page of it. Emits the protocol's events. */
export class CdpSession extends EventEmitter<Events> {
  readonly #connection: CdpConnection;
  readonly #sessionId: string | undefined;

  constructor(connection: CdpConnection, sessionId?: string) {
    super();
    this.setMaxListeners(0);
    this.#connection = connection;
    this.#sessionId = sessionId;
  }

  send<Method extends keyof Commands>(
    method: Method,
    ...params: ParamsOf<Method>
  ): Promise<Commands[Method]['result']> {
    return this.#connection.send(method, params[0] ?? {}, this.#sessionId);
  }

  /** For commands whose failure means only that the page or the browser is gone already. */
  tell<Method extends keyof Commands>(method: Method, ...params: ParamsOf<Method>): void {
    this.send(method, ...params).catch(() => undefined);
  }
}

/** The protocol over `--remote-debugging-pipe`: JSON messages that end in a NUL byte. */
export class CdpConnection {
  readonly root = new CdpSession(this);
  readonly #output: Duplex;
  readonly #pending = new Map<number, PendingCommand>();
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;
  #closed = false;
  #unfinished: Buffer[] = [];

  /** @param output what Chromium reads (its fd 3). @param input what Chromium writes (its fd 4). */
  constructor(output: Duplex, input: Duplex) {
    this.#output = output;
    input.on('data', chunk => this.#read(chunk));
    for (const stream of [input, output]) {
      stream.on('close', () => this.#close());
      stream.on('error', () => this.#close());
    }
  }

  session(sessionId: string): CdpSession {
    const session = new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  forget(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  send<Result>(method: string, params: object, sessionId: string | undefined): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone`));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { method, resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#unfinished.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#unfinished).toString();
      this.#unfinished = [];
      start = end + 1;
      this.#receive(JSON.parse(text));
    }
    if (start < chunk.length) this.#unfinished.push(chunk.subarray(start));
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      const session = message.sessionId ? this.#sessions.get(message.sessionId) : this.root;
      if (message.method && message.params) session?.emit(message.method, message.params);
      return;
    }
    const command = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) command?.reject(new Error(`${command.method}: ${message.error.message}`));
    else if (message.result) command?.resolve(message.result);
  }

  #close(): void {
    this.#closed = true;
    for (const { method, reject } of this.#pending.values()) reject(new Error(`${method}: Chromium is gone`));
    this.#pending.clear();
  }
}
