import classes from './cells.module.css';

/** Characters of the end that always stay. */
const TAIL = 4;

/** A key ID; where it does not fit, its middle gives way, since both ends are what people compare. */
export function KeyIdText({ id }: { id: string }) {
  return (
    <span className={classes.keyId} title={id}>
      <span className={classes.keyIdHead}>{id.slice(0, -TAIL)}</span>
      <span>{id.slice(-TAIL)}</span>
    </span>
  );
}
