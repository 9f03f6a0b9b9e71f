/** Structured clones as text, both ways. */
export interface CloneCodec {
  /** @throws DataCloneError for what cannot be cloned, such as functions and symbols. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Messages between page and main process are text, while Electron carries structured clones. This tells apart what
 * JSON confuses: undefined, -0 and NaN, bigint, dates, maps, sets, bytes, errors, and objects that occur twice.
 *
 * Self-contained: it also runs in the page, given to it as source text.
 */
export function makeCloneCodec(): CloneCodec {
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
  type Node = { readonly t: string; readonly i: number; readonly v: never };

  const errorTypes = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const viewTypes = {
    ...{ Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array },
    ...{ Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView },
  };

  const toBase64 = (bytes: Uint8Array): string => {
    let binary = '';
    for (let i = 0; i < bytes.length; i += 8192)
      binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(binary);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), c => c.charCodeAt(0));

  const encode = (value: unknown): string => {
    const seen = new Map<object, number>();
    const primitive = (v: unknown): Json | undefined => {
      if (v === null || typeof v === 'boolean' || typeof v === 'string') return v;
      if (v === undefined) return { t: 'undefined' };
      if (typeof v === 'bigint') return { t: 'bigint', v: String(v) };
      if (typeof v !== 'number') return undefined;
      if (Number.isFinite(v) && !Object.is(v, -0)) return v;
      return { t: 'number', v: Object.is(v, -0) ? '-0' : String(v) };
    };
    const content = (v: object, tag: string): Json => {
      if (Array.isArray(v)) return v.map(item => visit(item));
      if (v instanceof Map) return [...v].map(([key, item]) => [visit(key), visit(item)]);
      if (v instanceof Set) return [...v].map(item => visit(item));
      if (v instanceof Date) return v.getTime();
      if (v instanceof RegExp) return [v.source, v.flags];
      if (v instanceof Error) return [v.name, v.message, v.stack ?? ''];
      if (v instanceof ArrayBuffer) return toBase64(new Uint8Array(v));
      if (ArrayBuffer.isView(v)) return toBase64(new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
      if (tag === 'Object') return Object.entries(v).map(([key, item]) => [key, visit(item)]);
      throw new DOMException(`${tag} object could not be cloned.`, 'DataCloneError');
    };
    const visit = (v: unknown): Json => {
      const plain = primitive(v);
      if (plain !== undefined) return plain;
      const object = v as object;
      const known = seen.get(object);
      if (known !== undefined) return { t: 'seen', v: known };
      const i = seen.size;
      seen.set(object, i);
      const tag = Object.prototype.toString.call(object).slice(8, -1);
      return { t: tag, i, v: content(object, tag) };
    };
    // Cloning first refuses exactly what Electron refuses, and drops prototypes and getters as it does.
    return JSON.stringify(visit(structuredClone(value)));
  };

  const decode = (text: string): unknown => {
    const seen: unknown[] = [];
    const keep = <T>(node: Node, made: T): T => {
      seen[node.i] = made;
      return made;
    };
    const view = (node: Node, type: keyof typeof viewTypes): unknown =>
      keep(node, Reflect.construct(viewTypes[type], [fromBase64(node.v).buffer]));
    const error = (node: Node): Error => {
      const [name, message, stack] = node.v as [string, string, string];
      const type = errorTypes[name as keyof typeof errorTypes] ?? Error;
      return keep(node, Object.assign(new type(message), { stack }));
    };
    const visit = (json: unknown): unknown => {
      if (json === null || typeof json !== 'object') return json;
      const node = json as Node;
      if (node.t in viewTypes) return view(node, node.t as keyof typeof viewTypes);
      switch (node.t) {
        case 'undefined':
          return undefined;
        case 'number':
          return Number(node.v);
        case 'bigint':
          return BigInt(node.v);
        case 'seen':
          return seen[node.v];
        case 'Date':
          return keep(node, new Date(node.v));
        case 'RegExp':
          return keep(node, new RegExp(...(node.v as [string, string])));
        case 'ArrayBuffer':
          return keep(node, fromBase64(node.v).buffer);
        case 'Error':
          return error(node);
        default:
          return container(node);
      }
    };
    // Kept before their items are visited, so that an item may refer to the whole.
    const container = (node: Node): unknown => {
      const entries: readonly (readonly [unknown, unknown])[] = node.v;
      if (node.t === 'Array') {
        const array: unknown[] = keep(node, []);
        for (const item of node.v as unknown[]) array.push(visit(item));
        return array;
      }
      if (node.t === 'Set') {
        const set = keep(node, new Set());
        for (const item of node.v as unknown[]) set.add(visit(item));
        return set;
      }
      if (node.t === 'Map') {
        const map = keep(node, new Map());
        for (const [key, item] of entries) map.set(visit(key), visit(item));
        return map;
      }
      const object = keep(node, {});
      const options = { enumerable: true, configurable: true, writable: true };
      for (const [key, item] of entries) {
        // Defined, not assigned: a key named __proto__ stays a plain key.
        Object.defineProperty(object, key as string, { ...options, value: visit(item) });
      }
      return object;
    };
    return visit(JSON.parse(text));
  };

  return { encode, decode };
}
