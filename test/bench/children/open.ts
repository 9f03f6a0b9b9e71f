/** Opens an installation and closes it: what the memory of other work is compared with. */
import { answer } from './answer.ts';
import { withSession } from './open-session.ts';

await answer(({ folder }: { folder: string }) => withSession(folder, async () => undefined));
