import type { CustomScheme, Protocol } from 'electron';
import { app, requireReady } from '../app/app.ts';
import { notModelled, strictObject } from '../strict.ts';
import { mapScheme } from './url-mapping.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

type ModelledProtocol = Pick<
  Protocol,
  'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged'
>;

const privileged = new Set<string>();

function registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
  if (app.isReady()) {
    throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  }
  privileged.clear();
  for (const { scheme, privileges } of schemes) {
    if (!privileges?.standard || !privileges.secure) {
      throw notModelled(`the scheme ${scheme}: without the privileges standard and secure it`);
    }
    if (privileges.bypassCSP) throw notModelled('the privilege bypassCSP');
    privileged.add(scheme);
    mapScheme(scheme);
  }
}

/** Who answers which scheme, for one session. */
export class ProtocolHandlers {
  readonly #handlers = new Map<string, SchemeHandler>();

  /** Electron's `protocol`, also found as `session.protocol`. */
  readonly protocol: ModelledProtocol = strictObject('protocol', {
    registerSchemesAsPrivileged,
    handle: (scheme: string, handler: SchemeHandler) => this.#handle(scheme, handler),
    unhandle: (scheme: string) => {
      if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },
    isProtocolHandled: (scheme: string) => this.#handlers.has(scheme),
  });

  handlerOf(url: string): SchemeHandler | undefined {
    return this.#handlers.get(url.slice(0, url.indexOf(':')));
  }

  #handle(scheme: string, handler: SchemeHandler): void {
    requireReady('protocol.handle cannot be called');
    if (!privileged.has(scheme)) {
      throw notModelled(`protocol.handle('${scheme}'), a scheme not registered as privileged,`);
    }
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }
}
