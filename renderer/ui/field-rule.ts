/** Makes a form rule of one of the contract's parse functions: its message, or null when it accepts. */
export function fieldRule<T>(parse: (value: T) => unknown): (value: T) => string | null {
  return value => {
    try {
      parse(value);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}
