import classes from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** How backups are made and restored. */
export function BackupSection() {
  return (
    <SettingsSection title="Backup and restore" about="everything in one encrypted file">
      <div className={classes.card}>
        <p className={classes.sentence}>Backups are made and restored with the command line:</p>
        <pre className={classes.commands}>
          {'keysmith backup --out keysmith.age\nkeysmith restore keysmith.age'}
        </pre>
      </div>
    </SettingsSection>
  );
}
