import { useQuery } from '@tanstack/react-query';
import { assertNever } from '../preload/contract.ts';
import { appStateQuery } from './first-run/app-state-query.ts';
import { FailedScreen } from './first-run/failed-screen.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import { Unlock } from './first-run/unlock.tsx';
import { UpdatingScreen } from './first-run/updating-screen.tsx';
import { useUpdateStage } from './first-run/use-update-stage.ts';
import { Frame } from './frame/frame.tsx';
import { LockScreen } from './lock/lock-screen.tsx';
import { preferencesQuery } from './settings/preferences-query.ts';
import { useDateStyle } from './settings/use-date-style.ts';
import { useSettingsNotices } from './settings/use-settings-notices.tsx';
import { problemOf } from './ui/call.ts';
import { LoadingScreen } from './ui/loading-screen.tsx';
import { useLiveData } from './ui/use-live-data.ts';

/** The whole window: one screen for each state that the installation can be in. */
export function App() {
  useLiveData();
  const stage = useUpdateStage();
  useSettingsNotices();
  useDateStyle();
  const { isPending } = useQuery(preferencesQuery);
  const { data: state, error } = useQuery(appStateQuery);
  if (stage) return <UpdatingScreen stage={stage} />;
  if (!state) return error ? <FailedScreen problem={problemOf(error)} /> : <LoadingScreen />;
  switch (state.kind) {
    case 'first-run':
      return <FirstRun state={state} />;
    case 'passphrase':
      return <Unlock state={state} />;
    case 'locked':
      return <LockScreen state={state} />;
    case 'failed':
      return <FailedScreen problem={state.failure} folder={state.folder} />;
    case 'ready':
      // Where it begins is preferred, and asked for at the same time as the state.
      return isPending ? <LoadingScreen /> : <Frame app={state} />;
    default:
      return assertNever(state);
  }
}
