import type { z } from 'zod';

/** One verb: what it takes and, as a type only, what it answers. */
export interface Verb<Request extends z.ZodType, Response> {
  readonly request: Request;
  readonly response: Response;
}

export function verb<Response>() {
  return <Request extends z.ZodType>(request: Request): Verb<Request, Response> => ({
    request,
    response: undefined as Response,
  });
}
