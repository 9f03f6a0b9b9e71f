import { isUtf8 } from 'node:buffer';

/**
 * Reads JSON that Keysmith wrote; `undefined` for anything else.
 *
 * SECURITY: all of it is the output of JSON.stringify without white space. To write it again and compare refuses, in
 * one line, whatever two readers could understand differently: a member that stands twice, `1e0` for `1`, other
 * escapes, white space.
 */
export function parseStrict(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    // Not JSON, or nested so deep that it cannot be written again.
    return undefined;
  }
}

/** The same for bytes, which must be valid UTF-8 without a byte order mark. */
export function parseStrictBytes(bytes: Buffer): unknown {
  return isUtf8(bytes) ? parseStrict(bytes.toString('utf8')) : undefined;
}

/**
 * Reads base64url without padding (RFC 4648 §5); `undefined` for anything else.
 *
 * SECURITY: Node's decoder takes padding, foreign characters and stray bits at the end. Only one spelling of the same
 * bytes is accepted, so that a signed token cannot be given in a second form.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
