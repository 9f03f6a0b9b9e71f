import { call } from '../ui/call.ts';
import { notify, notifyProblem } from '../ui/notify.ts';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';

const FILES = { trust: 'trust.json', jwks: 'jwks.json' } as const;

/** Has main write public keys to a file of the admin's choice. */
export function SavePublicKeys({ what }: { what: keyof typeof FILES }) {
  const { working, run } = useWork();

  function save() {
    void run(
      async () => {
        const saved = await call(window.keysmith.signingKeys.save({ what }));
        if (saved) notify(`${FILES[what]} was written to ${saved.path}.`);
      },
      problem => {
        notifyProblem(problem);
        return true;
      },
    );
  }

  return (
    <WorkButton variant="default" working={working} onClick={save}>
      Save {FILES[what]}…
    </WorkButton>
  );
}
