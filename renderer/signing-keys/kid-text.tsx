import classes from './signing-keys.module.css';

/** The whole ID of a signing key. */
export function KidText({ kid }: { kid: string }) {
  return <div className={classes.kid}>{kid}</div>;
}
