import type { Session as ElectronSession } from 'electron';
import { StrictEmitter, strictObject } from '../strict.ts';
import { Permissions } from './permissions.ts';
import { ProtocolHandlers } from './protocol.ts';
import { WebRequestGate } from './web-request.ts';

/**
 * Electron's `Session`: who answers requests, what pages may do. Storage is not separate: every session's pages share
 * Chromium's temporary profile, and nothing of it outlives the app.
 */
export class Session extends StrictEmitter {
  readonly #handlers = new ProtocolHandlers();
  readonly #permissions = new Permissions();
  readonly #requests = new WebRequestGate();
  readonly protocol = this.#handlers.protocol;
  readonly webRequest = this.#requests.webRequest;

  constructor() {
    super('session', ['will-download', 'preconnect']);
  }

  setPermissionCheckHandler(handler: Parameters<ElectronSession['setPermissionCheckHandler']>[0]): void {
    this.#permissions.setCheckHandler(handler);
  }
  setPermissionRequestHandler(handler: Parameters<ElectronSession['setPermissionRequestHandler']>[0]): void {
    this.#permissions.setRequestHandler(handler);
  }
  /** Devices are never offered to a page here. */
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(_enable: boolean): void {}

  /** The parts the rest of the stand-in needs and Electron does not show. */
  static inside(session: Session): Inside {
    return { handlers: session.#handlers, permissions: session.#permissions, requests: session.#requests };
  }
}

interface Inside {
  readonly handlers: ProtocolHandlers;
  readonly permissions: Permissions;
  readonly requests: WebRequestGate;
}

const defaultSession = new Session();
const partitions = new Map<string, Session>();

/** The session of a partition, the same one for the same name. */
export function sessionOf(partition: string | undefined): Session {
  if (!partition) return defaultSession;
  const known = partitions.get(partition) ?? new Session();
  partitions.set(partition, known);
  return known;
}

/** Electron's `session` module. */
export const session = strictObject('session', { defaultSession, fromPartition: sessionOf });
