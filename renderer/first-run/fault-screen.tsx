import { Button, Text } from '@mantine/core';
import { WelcomePage } from './welcome-page.tsx';

/** The page itself failed: nothing is lost, since main holds everything, so it can be loaded anew. */
export function FaultScreen() {
  return (
    <WelcomePage title="Something went wrong in this window">
      <Text size="sm" role="alert">
        Keysmith could not draw the screen. Your keys are not affected. A secret that was being shown is still
        held and comes back when you reload.
      </Text>
      <div>
        <Button size="sm" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    </WelcomePage>
  );
}
