import { Button } from '@mantine/core';
import { Dialog } from '../ui/dialog.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { KeyCombination, shortcutText } from '../ui/shortcut.tsx';
import classes from './frame.module.css';

type Line = readonly [what: string, keys: readonly string[]];

const mod = shortcutText;

const GROUPS: readonly (readonly [title: string, lines: readonly Line[]])[] = [
  [
    'Anywhere',
    [
      ['Create a key', [mod('N')]],
      ['Search', [mod('F')]],
      ['Commands', [mod('K')]],
      ['All keys', [mod('1')]],
      ['Signing keys', [mod('2')]],
      ['Audit', [mod('3')]],
      ['Export', [mod('4')]],
      ['Settings', [mod('5'), mod(',')]],
      ['Lock now', [mod('L')]],
      ['Larger, smaller, actual size', [mod('+'), mod('-'), mod('0')]],
      ['These shortcuts', [mod('/'), '?']],
      ['Close what is open', ['Esc']],
    ],
  ],
  [
    'In the list of keys',
    [
      ['To another key', ['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End']],
      ['Show a key', ['Enter']],
      ['Select a key, or all up to it', ['Space', 'Shift Space']],
      ['What can be done with a key', ['Shift F10']],
    ],
  ],
  [
    'In the heads of its columns',
    [
      ['Sort', ['Enter']],
      ['To another column', ['←', '→']],
      ['Narrower, wider', ['Shift ←', 'Shift →']],
    ],
  ],
];

/** Every shortcut there is. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" size={460} onClose={onClose}>
      {GROUPS.map(([title, lines]) => (
        <section key={title} aria-label={title}>
          <h3 className={classes.shortcutsTitle}>{title}</h3>
          <dl className={classes.shortcuts}>
            {lines.map(([what, keys]) => (
              <div key={what} className={classes.shortcut}>
                <dt>{what}</dt>
                <dd>
                  {keys.map(combination => (
                    <KeyCombination key={combination} keys={combination} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <DialogFooter>
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
