import { spawnSync } from 'node:child_process';
import { PYTHON } from './python.ts';
import { isCommand } from './system-packages.ts';

/** Why other people's `age` cannot be asked here; undefined when it can. */
export function whyNoAge(): string | undefined {
  if (process.platform === 'win32')
    return 'age reads passphrases from a terminal, and Windows has no pty here';
  const missing = ['age', 'python3'].filter(name => !isCommand(name));
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not found`;
}

/** Answers age's prompt: it takes a passphrase from a terminal only. */
const ANSWER = `
import os, pty, sys
passphrase, file, out = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp('age', ['age', '-d', '-o', out, file])
said = b''
answered = False
while True:
    try:
        data = os.read(terminal, 1024)
    except OSError:
        break
    if not data:
        break
    said += data
    if not answered and b'passphrase' in said.lower():
        os.write(terminal, passphrase.encode() + b'\\n')
        answered = True
sys.stderr.write(said.decode(errors='replace'))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

/** Decrypts a file with `age -d`. */
export function decryptWithAge(
  file: string,
  passphrase: string,
  out: string,
): { code: number | null; said: string } {
  const { status, stderr } = spawnSync(PYTHON, ['-c', ANSWER, passphrase, file, out], { encoding: 'utf8' });
  return { code: status, said: stderr };
}
