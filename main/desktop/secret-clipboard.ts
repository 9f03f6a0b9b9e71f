import { createHash } from 'node:crypto';
import { ClipboardItem, clipboard } from 'electron';

/** Copies secrets so that they do not stay: marked as sensitive, and cleared after a while and on quit. */
export interface SecretClipboard {
  /** @returns when it will be cleared, in milliseconds since the epoch */
  copy(secret: string): Promise<number>;
  /** Clears what was copied, if the clipboard still holds it. */
  clear(): Promise<void>;
}

/** @param seconds how long a copied secret stays; asked at each copy */
export function createSecretClipboard(onCleared: () => void, seconds: () => number): SecretClipboard {
  let copied: { readonly digest: string; readonly timer: NodeJS.Timeout } | undefined;
  let writing: Promise<void> = Promise.resolve();

  const clear = async () => {
    // A copy that is on its way is cleared as well; whoever asked for it hears of its failure.
    await writing.catch(() => undefined);
    const mine = copied;
    if (!mine) return;
    copied = undefined;
    clearTimeout(mine.timer);
    // SECURITY: only what is still ours is cleared; whatever someone copied since is theirs.
    if (digestOf(await clipboard.readText()) === mine.digest) clipboard.clear();
    onCleared();
  };

  const clearLater = () => {
    clear().catch((error: unknown) =>
      process.stderr.write(
        `The clipboard was not cleared: ${error instanceof Error ? error.message : error}\n`,
      ),
    );
  };

  return {
    clear,
    async copy(secret) {
      const time = seconds() * 1000;
      const written = clipboard.write([new ClipboardItem(sensitive(secret))]).then(() => {
        clearTimeout(copied?.timer);
        copied = { digest: digestOf(secret), timer: setTimeout(clearLater, time) };
      });
      writing = written;
      await written;
      return Date.now() + time;
    },
  };
}

/** The secret is remembered by its digest: it is not kept longer than its reveal. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const RAW = (format: string) => `electron application/osclipboard;format="${format}"`;
const ZERO = '\0\0\0\0';

/**
 * The secret as text, with the marks by which each system's clipboard history leaves it out: Windows' three formats
 * for history and cloud, the concealed type that macOS' clipboard managers agree on, and KDE's password hint.
 */
function sensitive(secret: string): Record<string, string> {
  switch (process.platform) {
    case 'win32':
      return {
        'text/plain': secret,
        [RAW('ExcludeClipboardContentFromMonitorProcessing')]: ZERO,
        [RAW('CanIncludeInClipboardHistory')]: ZERO,
        [RAW('CanUploadToCloudClipboard')]: ZERO,
      };
    case 'darwin':
      return { 'text/plain': secret, [RAW('org.nspasteboard.ConcealedType')]: ' ' };
    default:
      return { 'text/plain': secret, [RAW('x-kde-passwordManagerHint')]: 'secret' };
  }
}
