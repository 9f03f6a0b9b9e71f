import { spawnSync } from 'node:child_process';
import { hasPythonModule, PYTHON } from './python.ts';

/** Why Python's PyJWT cannot be asked here; undefined when it can. */
export function whyNoPyJwt(): string | undefined {
  const missing = ['jwt', 'cryptography'].filter(name => !hasPythonModule(name));
  return missing.length === 0 ? undefined : `Python has no ${missing.join(' and ')}`;
}

/** Picks the key by the token's `kid` and takes the algorithm from the key, as a careful service does. */
const VERIFY = `
import json, sys, jwt
asked = json.load(sys.stdin)
def verify(token):
    try:
        kid = jwt.get_unverified_header(token)["kid"]
        jwk = next(key for key in asked["jwks"]["keys"] if key["kid"] == kid)
        return {"claims": jwt.decode(token, jwt.PyJWK(jwk).key, algorithms=[jwk["alg"]], audience=asked["audience"], issuer=asked["issuer"])}
    except Exception as error:
        return {"error": type(error).__name__}
json.dump([verify(token) for token in asked["tokens"]], sys.stdout)
`;

export interface PyJwtVerdict {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The name of the exception. */
  readonly error?: string;
}

/** Verifies tokens with PyJWT, by the system's clock. */
export function verifyWithPyJwt(asked: {
  readonly tokens: readonly string[];
  readonly jwks: unknown;
  readonly audience: string;
  readonly issuer: string;
}): readonly PyJwtVerdict[] {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', VERIFY], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`PyJWT could not be asked: ${stderr}`);
  return JSON.parse(stdout) as PyJwtVerdict[];
}
