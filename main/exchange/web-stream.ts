import { Readable } from 'node:stream';

/** Node's own types of streams and those of browsers, which the library goes by, do not know each other. */
export function webStream(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>;
}
