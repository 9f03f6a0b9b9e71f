import { PreferenceField } from './preference-field.tsx';
import classes from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** What the window does by itself on this machine, whoever works at it. */
export function PreferencesSection() {
  return (
    <SettingsSection title="Preferences" about="for this machine, whoever works at it">
      <div className={classes.card}>
        <PreferenceField
          name="backupReminderDays"
          label="Remind me of a backup after"
          unit="days"
          description="Without a backup; 0 for never."
        />
      </div>
    </SettingsSection>
  );
}
