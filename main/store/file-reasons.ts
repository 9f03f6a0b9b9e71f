const COMMON: Readonly<Record<string, string>> = {
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  EBUSY: 'another program holds it',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Why a file could not be written, for a person; the system's own code where there are no words for it. */
export function whyNotWritten(code: string): string {
  return code === 'ENOENT' ? 'its folder does not exist' : (COMMON[code] ?? code);
}

/** Why a file could not be read. */
export function whyNotRead(code: string): string {
  return code === 'ENOENT' ? 'it does not exist' : (COMMON[code] ?? code);
}
