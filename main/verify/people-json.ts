/**
 * Reads JSON that people may have formatted anew: trust documents.
 *
 * SECURITY: a member that stands twice is refused, because the reader that was shown the one and the reader that uses
 * the other would not see the same document.
 *
 * @throws SyntaxError
 */
export function parsePeopleJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const duplicate = findDuplicate(text);
  if (duplicate !== undefined) throw new SyntaxError(`the member ${duplicate} stands twice`);
  return value;
}

const PIECES = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** Walks through text that JSON.parse took: only strings, brackets and colons matter. */
function findDuplicate(text: string): string | undefined {
  /** The members of each open object so far; null for an array. */
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece === '{') open.push(new Set());
    else if (piece === '[') open.push(null);
    else if (piece === '}' || piece === ']') open.pop();
    else if (piece === ':') {
      // Escapes are undone first: "a" and "\u0061" are one name.
      const member = JSON.parse(last) as string;
      const members = open.at(-1);
      if (members?.has(member)) return last;
      members?.add(member);
    }
    last = piece;
  }
  return undefined;
}
