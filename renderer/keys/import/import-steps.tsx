import classes from './import.module.css';

export type ImportStep = 'file' | 'preview' | 'secrets' | 'issue';

const STEPS = [
  { id: 'file', title: 'File' },
  { id: 'preview', title: 'Preview' },
  { id: 'secrets', title: 'Secrets' },
  { id: 'issue', title: 'Issue' },
] as const satisfies readonly { readonly id: ImportStep; readonly title: string }[];

/** Where the admin is on the way, and what comes next. */
export function ImportSteps({ at }: { at: ImportStep }) {
  const place = STEPS.findIndex(({ id }) => id === at);
  return (
    <ol className={classes.steps} aria-label="Steps">
      {STEPS.map(({ id, title }, index) => (
        <li
          key={id}
          className={classes.step}
          aria-current={id === at ? 'step' : undefined}
          data-done={index < place || undefined}
        >
          <span className={classes.number} aria-hidden>
            {index + 1}
          </span>
          {title}
        </li>
      ))}
    </ol>
  );
}
