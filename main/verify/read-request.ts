import type { Asked } from './grants.ts';
import { isCount, isRecord, type JsonRecord } from './shapes.ts';

/** A request whose types were checked. */
export interface CheckedRequest extends Asked {
  readonly ip: string | undefined;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly acceptNewer: boolean;
}

const MEMBERS: ReadonlySet<string> = new Set(['ip', 'permission', 'role', 'account', 'at', 'acceptNewer']);

/** Now, in whole seconds since the epoch, by the machine's clock. */
export function clock(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * Checks what a caller asks.
 *
 * SECURITY: a mistake in a request must not read as "nothing asked": `permissions` for `permission` would let every
 * key in. It throws instead.
 *
 * @throws TypeError
 */
export function readRequest(request: unknown = {}): CheckedRequest {
  if (!isRecord(request)) throw new TypeError('The request is not an object.');
  for (const member in request) {
    if (!MEMBERS.has(member)) {
      throw new TypeError(
        `The request has the unknown member "${member}". Allowed are ${[...MEMBERS].join(', ')}.`,
      );
    }
  }
  const { at = clock(), acceptNewer = false } = request;
  if (!isCount(at)) throw new TypeError('The member "at" of the request is not a whole number of seconds.');
  if (typeof acceptNewer !== 'boolean') {
    throw new TypeError('The member "acceptNewer" of the request is not true or false.');
  }
  const role = textOf(request, 'role');
  const account = textOf(request, 'account');
  if (account !== undefined && role === undefined) {
    throw new TypeError('The request has an account and no role. An account is asked together with a role.');
  }
  return {
    ip: textOf(request, 'ip'),
    permission: textOf(request, 'permission'),
    role,
    account,
    at,
    acceptNewer,
  };
}

function textOf(request: JsonRecord, member: 'ip' | 'permission' | 'role' | 'account'): string | undefined {
  const value = request[member];
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`The member "${member}" of the request is not a string.`);
}
