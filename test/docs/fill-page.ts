/**
 * A page with what stands between its markers `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` made anew.
 *
 * @throws TypeError where the page has no place for a part, or a place that none of the parts is for
 */
export function fillPage(page: string, parts: Readonly<Record<string, string>>): string {
  const places = [...page.matchAll(/<!-- generated:(?<name>\S+) -->/g)].map(({ groups }) => groups?.name);
  for (const name of places)
    if (name === undefined || !(name in parts))
      throw new TypeError(`Nothing is made for the place "${name}".`);
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [before, , after, ...more] = text.split(
      new RegExp(`(?<=<!-- generated:${name} -->\\n)([^]*?)(?=<!-- /generated:${name} -->)`),
    );
    if (after === undefined || more.length > 0) throw new TypeError(`There is no one place for "${name}".`);
    return `${before}\n${part}\n\n${after}`;
  }, page);
}

/** A table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
