/** Electron's event object: listeners may call `preventDefault()`, the emitter then reads `defaultPrevented`. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes an event carrying `details` beside the two members every Electron event has. */
export function preventableEvent<Details extends object>(details: Details): PreventableEvent & Details {
  let defaultPrevented = false;
  return Object.defineProperties(
    { ...details },
    {
      preventDefault: {
        value: () => {
          defaultPrevented = true;
        },
      },
      defaultPrevented: { get: () => defaultPrevented },
    },
  ) as PreventableEvent & Details;
}
