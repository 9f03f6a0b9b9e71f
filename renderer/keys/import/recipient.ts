/** What a recipient of age looks like: `age1` and 58 characters of bech32. Main checks its checksum. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;

/** What is wrong with a recipient, in a sentence; null: it looks like one. */
export function recipientProblem(recipient: string): string | null {
  if (recipient === '') return 'Give the recipient that the secrets are encrypted to.';
  // SECURITY: what opens the file must not be where it is made; it is not repeated either.
  if (/^age-secret-key-/i.test(recipient))
    return 'This is an identity, which opens the file: keep it to yourself. Give its recipient, which starts with age1.';
  if (RECIPIENT.test(recipient)) return null;
  return 'This is no recipient of age. Allowed is age1 and 58 letters and digits, as age-keygen prints it.';
}
