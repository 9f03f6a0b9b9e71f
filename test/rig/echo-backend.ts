import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** What a backend saw of a request. */
export interface Echo {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/**
 * An API that answers every request with 200 and what it saw of it, until the test is done.
 *
 * @returns its address, `127.0.0.1:<port>`
 */
export async function startEchoBackend(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({ method: request.method, path: request.url, headers: request.headersDistinct }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `127.0.0.1:${address.port}`;
}
