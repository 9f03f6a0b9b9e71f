import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  /** Sent as it stands, without the clean-up of a URL. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without one, each question gets a connection of its own. */
  readonly agent?: Agent;
}

/** Sends one HTTP request, exactly as it is said. Rejects when the connection breaks before the answer is complete. */
export async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', path = '/', headers = {}, agent = false } = question;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, path, headers, agent }, resolve).on('error', reject).end();
  });
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}
