import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { noticeWords } from './notice-words.ts';
import { noticesQuery } from './notices-query.ts';
import classes from './settings.module.css';

/** What happened to the file of the settings, above the preferences. */
export function SettingsNotices() {
  const { data: notices = [] } = useQuery(noticesQuery);
  return notices.map(notice => (
    <Alert key={notice.kind} color="orange" role="note">
      {noticeWords(notice)}
      <div className={classes.path}>{notice.path}</div>
    </Alert>
  ));
}
