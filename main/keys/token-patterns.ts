/** What tells a token, a part of one, or its last four from other text; shared with the search field of the window. */

/** A key ID inside a token or a fragment of one; the ID's characters are the first group. */
export const ID_IN_TEXT = /(?:ak_|_(?:sk|pk)_)([0-9A-Za-z]{16})(?![0-9A-Za-z])/;

/** The last four characters of a secret. */
export const LAST_FOUR = /^[0-9A-Za-z]{4}$/;
