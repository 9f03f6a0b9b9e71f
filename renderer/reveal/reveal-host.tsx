import { useState } from 'react';
import { useAppEvent } from '../ui/use-app-event.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { useReveal } from './use-reveal.ts';

/** Shows the reveal that is open, and answers when the window is asked to close meanwhile. */
export function RevealHost({ onDone }: { onDone: (keyId: string) => void }) {
  const { reveal, setReveal } = useReveal();
  const [leaving, setLeaving] = useState<'dialog' | 'window' | null>(null);

  useAppEvent('close-requested', () => {
    if (reveal) setLeaving('window');
    else void window.keysmith.window.close();
  });

  if (!reveal) return null;
  return (
    <RevealDialog
      key={reveal.handle}
      reveal={reveal}
      leaving={leaving}
      onLeave={() => setLeaving('dialog')}
      onStay={() => setLeaving(null)}
      onEnd={() => {
        const closeWindow = leaving === 'window';
        setLeaving(null);
        setReveal(null);
        onDone(reveal.key.id);
        if (closeWindow) void window.keysmith.window.close();
      }}
    />
  );
}
