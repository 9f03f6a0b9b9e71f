import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '../ui/mark.tsx';
import classes from './welcome-page.module.css';

interface Props {
  readonly title: string;
  readonly width?: number;
  readonly children: ReactNode;
}

/** A page before the app is ready: one column in the middle, which scrolls when the window is small. */
export function WelcomePage({ title, width = 460, children }: Props) {
  return (
    <main className={classes.page}>
      <Stack gap="md" className={classes.column} maw={width}>
        <div className={classes.brand}>
          <Mark /> Keysmith
        </div>
        <Title order={1} fz={22} fw={600}>
          {title}
        </Title>
        {children}
      </Stack>
    </main>
  );
}
