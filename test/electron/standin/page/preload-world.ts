import type { CloneCodec } from '../ipc/clone-codec.ts';
import type { MainMessage, PageMessage } from '../ipc/page-message.ts';
import type { ContextBridge } from './context-bridge.ts';

export interface PreloadWorld {
  readonly codec: CloneCodec;
  readonly bridge: ContextBridge;
  readonly post: (message: PageMessage) => void;
  /** Name of the global function through which the main process delivers its messages. */
  readonly inlet: string;
  readonly versions: Record<string, string>;
  readonly platform: string;
  /** The preload script as CommonJS. */
  preload(require: unknown, module: unknown, exports: unknown, process: unknown): void;
}

/**
 * What a sandboxed preload finds around it: `require('electron')` with `ipcRenderer` and `contextBridge`, and a little
 * of `process`. Nothing else can be required.
 *
 * Self-contained: it runs in the page's isolated world, given to it as source text.
 */
export function preloadWorld(world: PreloadWorld): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const { codec, bridge, post } = world;

  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON') {
          return Reflect.get(target, key);
        }
        throw new Error(`electron stand-in: ${name}.${key} is not modelled in the preload`);
      },
    });

  const encode = (args: unknown[]): string => {
    try {
      return codec.encode(args);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };

  let lastId = 0;
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<Listener>>();

  const remove = (channel: string, listener: Listener) => {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  };
  const add = (channel: string, listener: Listener) => {
    const known = listeners.get(channel) ?? new Set();
    listeners.set(channel, known.add(listener));
    return ipcRenderer;
  };
  const ipcRenderer: object = strict('ipcRenderer', {
    invoke: async (channel: string, ...args: unknown[]) => {
      const id = ++lastId;
      const message = { kind: 'invoke', id, channel, args: encode(args) } as const;
      const answer = Promise.withResolvers();
      waiting.set(id, answer);
      post(message);
      return answer.promise;
    },
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: encode(args) }),
    on: add,
    addListener: add,
    off: remove,
    removeListener: remove,
    once: (channel: string, listener: Listener) => {
      const first: Listener = (...args) => {
        remove(channel, first);
        listener(...args);
      };
      return add(channel, first);
    },
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });

  const deliver = (text: string): void => {
    const message: MainMessage = JSON.parse(text);
    if (message.kind === 'event') {
      const args = codec.decode(message.args) as unknown[];
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener({ sender: ipcRenderer, ports: [] }, ...args);
      }
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'failure') answer?.reject(new Error(message.message));
    else answer?.resolve(codec.decode(message.value));
  };
  Object.defineProperty(globalThis, world.inlet, { value: deliver });

  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api),
  });
  const electron = strict('electron', { ipcRenderer, contextBridge });
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload may require only electron)`);
  };
  const process = strict('process', {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: world.platform,
    versions: world.versions,
    argv: [],
    env: {},
  });

  const module = { exports: {} };
  try {
    world.preload(require, module, module.exports, process);
  } catch (error) {
    post({ kind: 'preload-error', message: String(error instanceof Error ? error.stack : error) });
  }
}
