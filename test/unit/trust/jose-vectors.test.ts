import { describe, expect, it } from 'vitest';
import type { PublicJwk, SigningAlg, SigningKey } from '../../../main/keys/signing-key.ts';
import { createSigning, thumbprintOf } from '../../../main/trust/signing.ts';

interface Vector {
  readonly source: string;
  readonly alg: SigningAlg;
  readonly publicJwk: PublicJwk;
  readonly jws: string;
}

const JOE = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

const VECTORS: readonly Vector[] = [
  {
    source: 'RFC 7515, A.2',
    alg: 'RS256',
    publicJwk: {
      e: 'AQAB',
      kty: 'RSA',
      n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
    },
    jws: `eyJhbGciOiJSUzI1NiJ9.${JOE}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`,
  },
  {
    source: 'RFC 7515, A.3',
    alg: 'ES256',
    publicJwk: {
      crv: 'P-256',
      kty: 'EC',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    jws: `eyJhbGciOiJFUzI1NiJ9.${JOE}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`,
  },
  {
    source: 'RFC 8037, A.4',
    alg: 'EdDSA',
    publicJwk: { crv: 'Ed25519', kty: 'OKP', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    jws: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  },
];

describe('the published examples of JOSE', () => {
  it.each(VECTORS)('of $source ($alg) verify, and not when a bit differs', ({ alg, publicJwk, jws }) => {
    const [header = '', payload = '', encoded = ''] = jws.split('.');
    const key = { kid: thumbprintOf(publicJwk), alg, publicJwk } as SigningKey;
    const signing = createSigning(Buffer.alloc(32));
    const input = Buffer.from(`${header}.${payload}`);
    const signature = Buffer.from(encoded, 'base64url');
    expect(signing.verify(key, input, signature)).toBe(true);
    for (const bytes of [input, signature]) {
      const other = Buffer.from(bytes);
      other[20] = (other[20] ?? 0) ^ 1;
      const [changedInput, changedSignature] = bytes === input ? [other, signature] : [input, other];
      expect(signing.verify(key, changedInput, changedSignature)).toBe(false);
    }
  });

  it('of RFC 8037, A.3 give the thumbprint', () => {
    const { publicJwk } = VECTORS[2] ?? {};
    expect(publicJwk && thumbprintOf(publicJwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });
});
