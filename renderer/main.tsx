import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { FaultScreen } from './first-run/fault-screen.tsx';
import { Announcer } from './ui/announcer.tsx';
import { queryClient } from './ui/query-client.ts';
import { styleNonce } from './ui/style-nonce.ts';
import { cssVariables, theme } from './ui/theme.ts';
import { transientColorScheme } from './ui/transient-color-scheme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

/** A fault of the page itself: says so in place of an empty window. */
function showFault() {
  page.render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={transientColorScheme}
      getStyleNonce={styleNonce}
    >
      <FaultScreen />
    </MantineProvider>,
  );
}

const page = createRoot(root, { onUncaughtError: () => setTimeout(showFault) });
page.render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={transientColorScheme}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <App />
        <Announcer />
        <Notifications position="bottom-left" autoClose={5000} limit={4} containerWidth={380} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
