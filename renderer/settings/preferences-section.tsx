import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DATE_STYLES, EXPIRY_WARNINGS, THEMES } from '../../preload/contract.ts';
import { durationWords } from '../keys/expiry-choice.ts';
import { servicesQuery } from '../services/service-queries.ts';
import { formatDateAs } from '../ui/dates.ts';
import { PageSection } from '../ui/page-section.tsx';
import { useNow } from '../ui/use-now.ts';
import { ExportFolder } from './export-folder.tsx';
import { PreferenceChoice } from './preference-choice.tsx';
import { PreferenceField } from './preference-field.tsx';
import classes from './settings.module.css';
import { SettingsNotices } from './settings-notices.tsx';
import { useKeepPreferences, usePreferences } from './use-preferences.ts';

const THEME_WORDS = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
const STYLE_WORDS = { system: 'As the system writes them', iso: 'Year, month, day' } as const;
/** No service has this slug: slugs are not empty. */
const ALL = '';

/** What the window does by itself on this machine, whoever works at it. */
export function PreferencesSection() {
  const preferences = usePreferences();
  const keep = useKeepPreferences();
  const now = useNow();
  const { data: services = [] } = useQuery(servicesQuery);
  const { theme, dateStyle, expiryWarning, notifyExpiring, defaultService } = preferences;
  const isGone = defaultService !== null && !services.some(({ slug }) => slug === defaultService);
  return (
    <PageSection title="Preferences" about="for this machine, whoever works at it">
      <SettingsNotices />
      <div className={`${classes.card} ${classes.aligned}`}>
        <div className={classes.part}>
          <PreferenceChoice
            label="Colours"
            value={theme}
            choices={THEMES.map(value => ({ value, label: THEME_WORDS[value] }))}
            onChange={(value, words) => keep({ theme: value as typeof theme }, words)}
          />
          <PreferenceChoice
            label="Dates"
            description="In the window; files have their own."
            value={dateStyle}
            choices={DATE_STYLES.map(value => ({
              value,
              label: `${STYLE_WORDS[value]}: ${formatDateAs(value, Math.floor(now / 1000))}`,
            }))}
            onChange={(value, words) => keep({ dateStyle: value as typeof dateStyle }, words)}
          />
          <PreferenceChoice
            label="Show first"
            description="When Keysmith is opened."
            value={defaultService ?? ALL}
            choices={[
              { value: ALL, label: 'All keys' },
              ...services.map(({ slug, title }) => ({ value: slug, label: title })),
              ...(isGone ? [{ value: defaultService, label: `${defaultService} (no longer there)` }] : []),
            ]}
            onChange={(value, words) => keep({ defaultService: value === ALL ? null : value }, words)}
          />
        </div>
        <div className={classes.part}>
          <PreferenceChoice
            label="Warn of keys that expire within"
            description="The banner counts them, and leads to them."
            value={expiryWarning}
            choices={EXPIRY_WARNINGS.map(value => ({
              value,
              label: value === 'never' ? 'Never warn' : durationWords(value),
            }))}
            onChange={(value, words) => keep({ expiryWarning: value as typeof expiryWarning }, words)}
          />
          <Checkbox
            label="Have the system say so, too, when Keysmith is opened"
            description="A notification with the number of keys, without their names."
            disabled={expiryWarning === 'never'}
            checked={notifyExpiring}
            onChange={({ currentTarget: { checked } }) =>
              keep({ notifyExpiring: checked }, checked ? 'The system says so.' : 'The system says nothing.')
            }
          />
        </div>
        <div className={classes.part}>
          <PreferenceField
            name="clipboardSeconds"
            label="Clear a copied secret after"
            unit="seconds"
            description="From the clipboard, if it still holds it; also when Keysmith locks or is closed."
          />
          <ExportFolder />
          <PreferenceField
            name="backupReminderDays"
            label="Remind me of a backup after"
            unit="days"
            description="Without a backup; 0 for never."
          />
        </div>
      </div>
    </PageSection>
  );
}
