/** What tells a token, a part of one, or its last four from other text; shared with the search field of the window. */

/** A key ID inside a token or a fragment of one; the ID's characters are the first group. */
export const ID_IN_TEXT = /(?:ak_|_(?:sk|pk)_)([0-9A-Za-z]{16})(?![0-9A-Za-z])/;

/** A bare key ID, as it stands in a token. */
export const BARE_ID = /^[0-9A-Za-z]{16}$/;

/** Every part of a text that has the shape of an opaque token. */
export const TOKENS_IN_TEXT =
  /(?<![0-9A-Za-z])[a-z][a-z0-9]{1,7}_(?:sk|pk)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}(?![0-9A-Za-z])/g;

/** Every part of a text that has the shape of a signed token (compact JWS). */
export const SIGNED_TOKENS_IN_TEXT = /eyJ[\w-]{8,1024}\.[\w-]{8,16000}\.[\w-]{16,1024}(?![\w-])/g;

/** Characters of the longest signed token that is issued: more than most servers take in a header. */
export const MAX_SIGNED_TOKEN = 16_000;

/** The ID of a signed token, its `jti`. */
export const TOKEN_ID_IN_TEXT = /(?<![0-9A-Za-z])cr_[0-9A-Za-z]{16}(?![0-9A-Za-z])/;

/** The last four characters of a secret. */
export const LAST_FOUR = /^[0-9A-Za-z]{4}$/;
