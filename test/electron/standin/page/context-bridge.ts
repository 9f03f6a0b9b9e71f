/** One end of the bridge; only the isolated world's end uses `expose`. */
export interface ContextBridge {
  /** @throws as Electron does when the page has the property already or `api` holds a symbol. */
  expose(key: string, api: unknown): void;
}

/**
 * Carries an API from the preload's isolated world to the page's own. Both worlds run this same function, each with the
 * other's event name. All they share is the DOM: messages are CustomEvents on `document`, whose `detail` Chromium
 * clones between worlds, synchronously, so plain functions return at once, as with Electron.
 *
 * Functions cross as numbered references, promises as numbered promises, everything else as a copy.
 *
 * Self-contained: it runs in the page, given to it as source text.
 */
export function contextBridge(incoming: string, outgoing: string): ContextBridge {
  type Failure = { readonly name: string; readonly message: string };
  type Outcome = { readonly value: Wire } | { readonly failure: Failure };
  type Wire =
    | { readonly type: 'clone'; readonly value: unknown }
    | { readonly type: 'function' | 'promise'; readonly id: number }
    | { readonly type: 'error'; readonly failure: Failure }
    | { readonly type: 'array'; readonly items: Wire[] }
    | { readonly type: 'object'; readonly entries: [string, Wire][] };
  type Message =
    | { readonly op: 'expose'; readonly id: number; readonly key: string; readonly api: Wire }
    | { readonly op: 'call'; readonly id: number; readonly target: number; readonly args: Wire[] }
    | { readonly op: 'returned'; readonly id: number; readonly outcome: Outcome }
    | { readonly op: 'settled'; readonly id: number; readonly outcome: Outcome };
  type Callable = (...args: unknown[]) => unknown;
  type Settlers = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

  // Taken before any script of the page runs, so that none can put itself in their place.
  const NativeEvent = CustomEvent;
  const NativePromise = Promise;
  const dispatch = document.dispatchEvent.bind(document);
  const errorTypes: Record<string, ErrorConstructor> = { RangeError, ReferenceError, SyntaxError, TypeError };

  let lastId = 0;
  const ownFunctions = new Map<number, Callable>();
  const ownFunctionIds = new WeakMap<Callable, number>();
  const foreignFunctions = new Map<number, WeakRef<Callable>>();
  const foreignPromises = new Map<number, Settlers>();
  const answers = new Map<number, Outcome>();

  const post = (detail: Message): boolean => dispatch(new NativeEvent(outgoing, { detail }));

  const toFailure = (error: unknown): Failure =>
    error instanceof Error
      ? { name: error.name, message: error.message }
      : { name: 'Error', message: String(error) };
  const toError = ({ name, message }: Failure): Error => new (errorTypes[name] ?? Error)(message);
  const attempt = (work: () => Wire): Outcome => {
    try {
      return { value: work() };
    } catch (error) {
      return { failure: toFailure(error) };
    }
  };

  const referTo = (callable: Callable): Wire => {
    const id = ownFunctionIds.get(callable) ?? ++lastId;
    ownFunctionIds.set(callable, id);
    ownFunctions.set(id, callable);
    return { type: 'function', id };
  };
  const announce = (promise: Promise<unknown>): Wire => {
    const id = ++lastId;
    const settle = (outcome: Outcome): boolean => post({ op: 'settled', id, outcome });
    promise.then(
      value => settle(attempt(() => pack(value))),
      error => settle({ failure: toFailure(error) }),
    );
    return { type: 'promise', id };
  };

  const pack = (value: unknown, seen = new Map<object, Wire>()): Wire => {
    if (typeof value === 'function') return referTo(value as Callable);
    if (typeof value === 'symbol') throw new TypeError('A symbol cannot cross the context bridge');
    if (value === null || typeof value !== 'object') return { type: 'clone', value };
    const known = seen.get(value);
    if (known) return known;
    if (value instanceof NativePromise) return announce(value);
    if (value instanceof Error) return { type: 'error', failure: toFailure(value) };
    if (Array.isArray(value)) {
      const items: Wire[] = [];
      const wire: Wire = { type: 'array', items };
      seen.set(value, wire);
      for (const item of value) items.push(pack(item, seen));
      return wire;
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') {
      return { type: 'clone', value: structuredClone(value) };
    }
    const entries: [string, Wire][] = [];
    const wire: Wire = { type: 'object', entries };
    seen.set(value, wire);
    for (const [key, item] of Object.entries(value)) entries.push([key, pack(item, seen)]);
    return wire;
  };

  const callForeign = (target: number, args: readonly unknown[]): unknown => {
    const id = ++lastId;
    post({ op: 'call', id, target, args: args.map(argument => pack(argument)) });
    return takeAnswer(id);
  };
  const takeAnswer = (id: number): unknown => {
    const outcome = answers.get(id) ?? {
      failure: { name: 'Error', message: 'The other world did not answer' },
    };
    answers.delete(id);
    if ('failure' in outcome) throw toError(outcome.failure);
    return unpack(outcome.value);
  };
  const standFor = (id: number): Callable => {
    const made = foreignFunctions.get(id)?.deref();
    if (made) return made;
    const callable: Callable = (...args) => callForeign(id, args);
    foreignFunctions.set(id, new WeakRef(callable));
    return callable;
  };

  /** @param frozen whether the result is part of an exposed API, which the page must not change. */
  const unpack = (wire: Wire, frozen = false, seen = new Map<Wire, unknown>()): unknown => {
    const known = seen.get(wire);
    if (known) return known;
    const finish = <T>(value: T): T => (frozen ? Object.freeze(value) : value);
    switch (wire.type) {
      case 'clone':
        return wire.value;
      case 'error':
        return toError(wire.failure);
      case 'function':
        return finish(standFor(wire.id));
      case 'promise':
        return new NativePromise((resolve, reject) => foreignPromises.set(wire.id, { resolve, reject }));
      case 'array': {
        const array: unknown[] = [];
        seen.set(wire, array);
        for (const item of wire.items) array.push(unpack(item, frozen, seen));
        return finish(array);
      }
      case 'object': {
        const object: Record<string, unknown> = {};
        seen.set(wire, object);
        const options = { enumerable: true, configurable: true, writable: true };
        for (const [key, item] of wire.entries) {
          // Defined, not assigned: a key named __proto__ stays a plain key.
          Object.defineProperty(object, key, { ...options, value: unpack(item, frozen, seen) });
        }
        return finish(object);
      }
    }
  };

  const bind = (key: string, api: Wire): Wire => {
    if (Object.hasOwn(globalThis, key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(globalThis, key, { value: unpack(api, true), enumerable: true });
    return { type: 'clone', value: undefined };
  };

  const settle = (id: number, outcome: Outcome): void => {
    const settlers = foreignPromises.get(id);
    foreignPromises.delete(id);
    if ('failure' in outcome) settlers?.reject(toError(outcome.failure));
    else settlers?.resolve(unpack(outcome.value));
  };

  document.addEventListener(incoming, event => {
    event.stopImmediatePropagation();
    const message: Message = (event as CustomEvent).detail;
    const answer = (work: () => Wire): boolean =>
      post({ op: 'returned', id: message.id, outcome: attempt(work) });
    switch (message.op) {
      case 'returned':
        return void answers.set(message.id, message.outcome);
      case 'settled':
        return settle(message.id, message.outcome);
      case 'expose':
        return void answer(() => bind(message.key, message.api));
      case 'call':
        return void answer(() => {
          const args = message.args.map(argument => unpack(argument));
          return pack(ownFunctions.get(message.target)?.(...args));
        });
    }
  });

  return {
    expose: (key, api) => {
      const id = ++lastId;
      post({ op: 'expose', id, key, api: pack(api) });
      takeAnswer(id);
    },
  };
}
