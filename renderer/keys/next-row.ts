/** Where a key press leads from a row; undefined when it leads nowhere. */
export function nextRow(press: string, row: number, page: number, total: number): number | undefined {
  const last = total - 1;
  switch (press) {
    case 'ArrowDown':
      return Math.min(last, row + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'PageDown':
      return Math.min(last, row + page);
    case 'PageUp':
      return Math.max(0, row - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
