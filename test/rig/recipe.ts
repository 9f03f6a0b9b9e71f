import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A code block of a document, by the file name that its first line says in a comment. */
export function recipe(document: string, name: string): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs', document), 'utf8');
  const found = [...text.matchAll(/^```\w*\n(?<code>.*?)^```$/gms)]
    .map(({ groups }) => groups?.code ?? '')
    .filter(
      code =>
        code
          .split('\n', 1)[0]
          ?.replace(/^(#|\/\/) /, '')
          .match(/^[\w.-]+/)?.[0] === name,
    );
  if (found.length !== 1) throw new Error(`${document} has ${found.length} code blocks of ${name}`);
  return found[0] ?? '';
}
