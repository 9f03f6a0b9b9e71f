import type { Input } from 'electron';

interface Chord {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

/** Electron's names of keys whose `KeyboardEvent.key` is another. */
const keyNames: Record<string, string> = {
  plus: '+',
  space: ' ',
  return: 'enter',
  esc: 'escape',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

/** Reads an accelerator such as `CmdOrCtrl+Shift+N`. @throws for a modifier Electron does not have. */
export function parseAccelerator(accelerator: string): Chord {
  const parts = accelerator.replace(/\+\+$/, '+Plus').toLowerCase().split('+');
  const last = parts.pop() ?? '';
  const chord = { key: keyNames[last] ?? last, control: false, alt: false, shift: false, meta: false };
  for (const part of parts) chord[modifierOf(part, accelerator)] = true;
  return chord;
}

function modifierOf(name: string, accelerator: string): 'control' | 'alt' | 'shift' | 'meta' {
  const onMac = process.platform === 'darwin';
  switch (name) {
    case 'commandorcontrol':
    case 'cmdorctrl':
      return onMac ? 'meta' : 'control';
    case 'control':
    case 'ctrl':
      return 'control';
    case 'alt':
    case 'option':
    case 'altgr':
      return 'alt';
    case 'shift':
      return 'shift';
    case 'command':
    case 'cmd':
    case 'super':
    case 'meta':
      return 'meta';
    default:
      throw new Error(`Invalid accelerator: ${accelerator}`);
  }
}

/** Whether a key press is this accelerator. For a sign that needs Shift on some keyboards, Shift does not matter. */
export function matches(accelerator: string, input: Input): boolean {
  const chord = parseAccelerator(accelerator);
  const isSign = /^[^a-z0-9]$/i.test(chord.key);
  return (
    chord.key === input.key.toLowerCase() &&
    chord.control === input.control &&
    chord.alt === input.alt &&
    chord.meta === input.meta &&
    (isSign || chord.shift === input.shift)
  );
}
