/** How far a file is that is written or read, in words for {@link ExportProgress}. */
export function percentWords(done: number, total: number, what: string, last: string): string {
  return done < total ? `${Math.floor((done / total) * 100)} % ${what}` : last;
}
