import { lockNow } from '../lock/lock-now.ts';
import { useAppEvent } from '../ui/use-app-event.ts';
import type { Leaving } from './leave-reveal.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { useReveal } from './use-reveal.ts';

interface Props {
  /** What the admin is about to leave; null: nothing. */
  readonly leaving: Leaving | null;
  readonly onLeaving: (leaving: Leaving | null) => void;
  readonly onDone: (keyId: string) => void;
}

/** Shows the reveal that is open, and answers when the window is asked to close meanwhile. */
export function RevealHost({ leaving, onLeaving: setLeaving, onDone }: Props) {
  const { reveal, setReveal } = useReveal();

  useAppEvent('close-requested', () => {
    if (reveal && reveal.key.kind === 'private') setLeaving('window');
    else void window.keysmith.window.close();
  });

  if (!reveal) return null;
  const { handle, key } = reveal;
  const end = () => {
    setReveal(null);
    onDone(key.id);
  };
  return (
    <RevealDialog
      key={handle}
      reveal={reveal}
      leaving={leaving}
      onLeave={() => {
        if (key.kind === 'private') return setLeaving('dialog');
        // Nothing is lost: a public key can be copied again.
        void window.keysmith.reveal.discard({ handle });
        end();
      }}
      onStay={() => setLeaving(null)}
      onEnd={() => {
        setLeaving(null);
        end();
        if (leaving === 'window') void window.keysmith.window.close();
        if (leaving === 'lock') lockNow();
      }}
    />
  );
}
