import { useState } from 'react';
import { useAppEvent } from '../ui/use-app-event.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { useReveal } from './use-reveal.ts';

/** Shows the reveal that is open, and answers when the window is asked to close meanwhile. */
export function RevealHost({ onDone }: { onDone: (keyId: string) => void }) {
  const { reveal, setReveal } = useReveal();
  const [leaving, setLeaving] = useState<'dialog' | 'window' | null>(null);

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
        const closeWindow = leaving === 'window';
        setLeaving(null);
        end();
        if (closeWindow) void window.keysmith.window.close();
      }}
    />
  );
}
