import { EventEmitter } from 'node:events';

/**
 * Strictness: what is not modelled must fail loudly, with a sentence that names it. A test that passed because
 * a missing method answered `undefined` would prove nothing about the app on real Electron.
 */

/** Names that JavaScript itself looks up on any object: `await`, JSON.stringify and template strings. */
const askedByTheLanguage = new Set(['then', 'toJSON', 'toString', 'valueOf']);

/** The error for anything the stand-in lacks; `what` is the subject of the sentence. */
export function notModelled(what: string): Error {
  return new Error(`electron stand-in: ${what} is not modelled`);
}

/** A prototype that answers for `base` and throws for every other name. */
function guard(base: object, nameOf: (receiver: object, member: string) => string): object {
  return new Proxy(base, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || askedByTheLanguage.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw notModelled(nameOf(receiver, key));
    },
  });
}

/**
 * Makes an object throw for members it does not have. The guard sits at the end of the prototype chain, so the
 * object's own members cost nothing and tests may still replace them.
 */
export function strictObject<T extends object>(name: string, members: T): T {
  return Object.setPrototypeOf(
    members,
    guard(Object.prototype, (_receiver, member) => `${name}.${member}`),
  );
}

/** A base for plain classes whose instances throw for unknown members. */
export class StrictInstance {}

Object.setPrototypeOf(
  StrictInstance.prototype,
  guard(Object.prototype, (receiver, member) => `${receiver.constructor.name}.${member}`),
);

/** A whole Electron module the app must not count on: it can be imported, and using it throws. */
export function missingModule(name: string): object {
  const target = class {};
  const fail = () => {
    throw notModelled(name);
  };
  const member = (_target: object, key: string | symbol) => {
    if (typeof key === 'symbol' || askedByTheLanguage.has(key)) return undefined;
    throw notModelled(`${name}.${key}`);
  };
  return new Proxy(target, { get: member, apply: fail, construct: fail });
}

/** An event emitter that throws for unknown members and for listeners on events nobody will ever emit. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string;

  /** @param events the names that may be listened for; without them, any (IPC channels). */
  constructor(name: string, events?: readonly string[]) {
    super();
    this.#name = name;
    this.setMaxListeners(0);
    // EventEmitter tells before it adds a listener, so throwing here keeps the listener out.
    this.on('newListener', event => {
      if (events && typeof event === 'string' && !events.includes(event) && event !== 'removeListener') {
        throw notModelled(`the event '${event}' of ${name}`);
      }
    });
  }

  static memberOf(receiver: object, member: string): string {
    return #name in receiver ? `${receiver.#name}.${member}` : member;
  }
}

Object.setPrototypeOf(StrictEmitter.prototype, guard(EventEmitter.prototype, StrictEmitter.memberOf));
Object.setPrototypeOf(
  StrictEmitter,
  guard(EventEmitter, (receiver, member) => `${Reflect.get(receiver, 'name')}.${member}`),
);

/** Lets every method but `isDestroyed` throw from now on, as the methods of a closed window do in Electron. */
export function markDestroyed(object: StrictEmitter): void {
  const alive = Object.getPrototypeOf(object);
  const dead = new Proxy(alive, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      const usable = typeof key === 'symbol' || key === 'isDestroyed' || key in EventEmitter.prototype;
      if (usable || typeof value !== 'function') return value;
      throw new TypeError('Object has been destroyed');
    },
  });
  Object.setPrototypeOf(object, dead);
}
