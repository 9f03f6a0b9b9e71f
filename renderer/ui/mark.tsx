import classes from './mark.module.css';

/** Keysmith's mark, for the eye only: a key cut out of a rounded square. */
export function Mark() {
  return (
    <svg className={classes.mark} viewBox="0 0 18 18" aria-hidden="true">
      <rect width="18" height="18" rx="5" />
      <path d="M6.2 6.2a2.6 2.6 0 1 1 3.3 3.6l-.1 4.1-1.3.9-1.4-1.2.9-1-.9-1 .6-.7-.1-1.2a2.6 2.6 0 0 1-1-3.5Z" />
      <circle cx="8.5" cy="6.6" r=".8" />
    </svg>
  );
}
