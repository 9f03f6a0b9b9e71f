import classes from './shortcut.module.css';

const ON_MAC = /mac/i.test(navigator.platform);

/** How a shortcut is written on this system: `Ctrl K` or `⌘K`. */
export function shortcutText(letter: string): string {
  return ON_MAC ? `⌘${letter}` : `Ctrl ${letter}`;
}

/** A hint at a shortcut with the system's command key; for the eye only, the control's name says the rest. */
export function Shortcut({ letter }: { letter: string }) {
  return (
    <kbd className={classes.key} aria-hidden>
      {shortcutText(letter)}
    </kbd>
  );
}

/** A shortcut that is the content itself, not a hint at it. */
export function KeyCombination({ keys }: { keys: string }) {
  return <kbd className={classes.key}>{keys}</kbd>;
}
