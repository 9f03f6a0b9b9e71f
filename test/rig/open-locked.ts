import { spawnSync } from 'node:child_process';
import { PYTHON } from './python.ts';

/**
 * Another implementation of what SECURITY.md says about the lock, which has every byte of the data folder and of the
 * keychain: it unwraps an operator's share, opens signing keys and kept tokens with it, and signs. Before that it
 * tries whatever it was given, as it is and through every derivation that Keysmith uses, as a key for everything.
 */
const SCRIPT = `
import base64, hashlib, hmac, json, os, sqlite3, sys, unicodedata
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

asked = json.load(sys.stdin)
b64 = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def hkdf(material, label):
    key = hmac.new(bytes(32), material, hashlib.sha256).digest()
    return hmac.new(key, label.encode() + b"\\x01", hashlib.sha256).digest()

def opened(box, key, owner):
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], owner.encode())
    except Exception:
        return None

db = sqlite3.connect(os.path.join(asked["folder"], "keysmith.db"))
generation, = db.execute("SELECT wrapping_generation FROM installation").fetchone()
operators = db.execute("SELECT name, wrapped_key, wrapping FROM operator WHERE wrapped_key IS NOT NULL").fetchall()
signing = db.execute("SELECT kid, private_encrypted FROM signing_key WHERE private_encrypted IS NOT NULL").fetchall()
tokens = db.execute("SELECT id, token_encrypted FROM credential WHERE token_encrypted IS NOT NULL").fetchall()
if not signing or not tokens:
    raise SystemExit("there is nothing to open")

# Everything of 32 bytes that lies around: entries of the keychain, blobs and texts of the database, other files.
parts = [b64(secret) for secret in asked["keychain"] if " " not in secret]
found = set(parts)
for table, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").fetchall():
    for row in db.execute("SELECT * FROM " + table):
        for value in row:
            if isinstance(value, bytes):
                found.add(value)
for root, _, files in os.walk(asked["folder"]):
    for name in files:
        with open(os.path.join(root, name), "rb") as file:
            content = file.read()
        if not name.startswith("keysmith.db"):
            found.add(content)
labels = ["keysmith/1/" + use for use in ("check", "seal", "audit", "tokens", "signing-keys", "operator")]
keys = {key[at:at + 32] for key in found for at in (0, 12) if len(key) >= at + 32}
keys |= {hkdf(key, label) for key in set(keys) | found for label in labels}

for name, wrapped, wrapping in operators:
    if asked["passphrase"] is None:
        break
    how = json.loads(wrapping)
    stretched = hashlib.scrypt(unicodedata.normalize("NFC", asked["passphrase"]).encode(), salt=b64(how["salt"]),
                               n=2 ** how["log_n"], r=8, p=1, maxmem=2 ** 31 - 1, dklen=32)
    for part in parts + [b""]:
        packed = opened(wrapped, hkdf(stretched + part, "keysmith/1/operator"), "operator %d %s" % (generation, name))
        if packed:
            keys |= {b64(value) for use, value in json.loads(packed).items() if use in ("tokens", "signing") and value}

got = {"tried": len(keys), "tokens": [], "signatures": []}
for key in keys:
    for owner, box in tokens:
        token = opened(box, key, owner)
        if token:
            got["tokens"].append(token.decode())
    for owner, box in signing:
        pkcs8 = opened(box, key, owner)
        if pkcs8:
            private = serialization.load_der_private_key(pkcs8, None)
            signature = private.sign(b"text", ec.ECDSA(hashes.SHA256()))
            got["signatures"].append({"kid": owner, "der": base64.b64encode(signature).decode()})
json.dump(got, sys.stdout)
`;

export interface GotFromCopy {
  /** How many keys were tried on everything that is encrypted. */
  readonly tried: number;
  readonly tokens: readonly string[];
  /** Of `text`, by ES256 keys, in DER. */
  readonly signatures: readonly { readonly kid: string; readonly der: string }[];
}

/** What somebody gets out of a copy of a data folder and a keychain, with or without a passphrase. */
export function openCopy(copy: {
  readonly folder: string;
  /** Every secret of the keychain. */
  readonly keychain: readonly string[];
  readonly passphrase: string | null;
}): GotFromCopy {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', SCRIPT], {
    input: JSON.stringify(copy),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the script ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as GotFromCopy;
}
