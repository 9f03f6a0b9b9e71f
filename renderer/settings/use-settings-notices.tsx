import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAppEvent } from '../ui/use-app-event.ts';
import { noticeWords } from './notice-words.ts';
import { noticesQuery } from './notices-query.ts';
import classes from './settings.module.css';

/** Says, wherever the admin is, what happened to the file of the settings; it stays until it was read. */
export function useSettingsNotices(): void {
  const client = useQueryClient();
  const { data: notices } = useQuery(noticesQuery);
  useAppEvent('settings-noticed', () => void client.invalidateQueries(noticesQuery));
  useEffect(() => {
    for (const notice of notices ?? []) {
      notifications.show({
        id: `settings-${notice.kind}`,
        message: (
          <>
            {noticeWords(notice)}
            <div className={classes.path}>{notice.path}</div>
          </>
        ),
        color: 'orange',
        withBorder: true,
        autoClose: false,
        priority: 1,
        closeButtonProps: { 'aria-label': 'Dismiss' },
        onClose: () => void window.keysmith.settings.dismiss({ kind: notice.kind }),
      });
    }
  }, [notices]);
}
