/** Bytes of each of the two numbers of an ES256 signature. */
const NUMBER = 32;
/** ASN.1's tag of a whole number, and what stands before the first one: the tag and length of the sequence. */
const INTEGER = 0x02;
const START = 2;

/**
 * An ES256 signature as JWS has it (RFC 7518, 3.4: R and S, 32 bytes each), of one as OpenSSL gives it (DER).
 *
 * Node can be asked for that form, and takes longer for the asking than for the signature.
 */
export function joseSignature(der: Buffer): Buffer {
  const signature = Buffer.alloc(2 * NUMBER);
  let at = START;
  for (const end of [NUMBER, 2 * NUMBER]) {
    const [tag, length = 0] = der.subarray(at, at + 2);
    const number = der.subarray(at + 2, at + 2 + length);
    // A number with its highest bit set has a zero before it, so that it counts as positive.
    const digits = number.subarray(number[0] === 0 ? 1 : 0);
    if (tag !== INTEGER || digits.length > NUMBER || number.length !== length)
      throw new RangeError('no DER signature of P-256');
    signature.set(digits, end - digits.length);
    at += 2 + length;
  }
  return signature;
}
