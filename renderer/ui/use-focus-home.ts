import { useEffect, useState } from 'react';

/** Where focus goes when what had it is gone: the active row of the table marks itself so. */
const FALLBACK = '[data-focus-home]';

/** Gives focus back, when the component goes, to what had it when the component came. */
export function useFocusHome(): void {
  const [origin] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the removed dialog has let go of the focus.
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const home =
          origin?.isConnected && origin !== document.body ? origin : document.querySelector(FALLBACK);
        if (home instanceof HTMLElement) home.focus({ preventScroll: true });
      });
    },
    [origin],
  );
}
