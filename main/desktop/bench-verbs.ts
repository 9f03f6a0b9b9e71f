import { existsSync } from 'node:fs';
import { dialog } from 'electron';
import type { BenchBundle, VerdictStep, VerdictView } from '../../preload/contract.ts';
import { trustFile } from '../exchange/trust-file.ts';
import { KeysmithError } from '../keys/errors.ts';
import { formatTime } from '../keys/expiry.ts';
import type { Seconds } from '../keys/ids.ts';
import { type Bundle, BundleError, openBundle } from '../verify/index.ts';
import type { Handlers } from './answer.ts';
import type { DesktopContext } from './desktop-context.ts';

type BenchChannel = Extract<keyof Handlers, `bench:${string}`>;

/** Asks a bundle what a service that has it would say, as this installation's trust keys let it. */
export function benchVerbs(context: DesktopContext): Pick<Handlers, BenchChannel> {
  const { sessions, clock, settings } = context;
  /** SECURITY: what one operator opened answers nobody else. */
  let open: { readonly bundle: Bundle; readonly operator: string } | undefined;
  return {
    'bench:open': async ({ from, service }) => {
      const { store } = sessions.require();
      const path = from === 'latest' ? latest(service, settings) : await askWhich(context, from);
      if (path === null) return null;
      // A bundle that is open already stays so when the other one is refused.
      const bundle = await openAtAnyTime(path, trustFile(store).text, clock());
      open = { bundle, operator: sessions.require().actor.name };
      return toBenchBundle(path, bundle);
    },
    'bench:ask': ({ token, at = clock(), ...asked }) => {
      const { actor } = sessions.require();
      if (open?.operator !== actor.name)
        throw new KeysmithError('REQUEST_INVALID', 'No bundle is open. Open one first.');
      return judge(open.bundle, token.trim(), { at, ...asked });
    },
  };
}

function latest(service: string | undefined, settings: DesktopContext['settings']): string | null {
  const path = service === undefined ? undefined : settings.bundlePath(service);
  return path !== undefined && existsSync(path) ? path : null;
}

async function askWhich({ window }: DesktopContext, what: 'folder' | 'zip'): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
    title: 'Open a verification bundle',
    properties: [what === 'folder' ? 'openDirectory' : 'openFile'],
    ...(what === 'zip' && { filters: [{ name: 'ZIP', extensions: ['zip'] }] }),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Opens a bundle as of now, or, where it is not to be used now, as of a time when it was. @throws BUNDLE_* */
async function openAtAnyTime(path: string, trust: string, now: Seconds): Promise<Bundle> {
  try {
    return await openBundle(path, { trust, at: now });
  } catch (error) {
    if (!(error instanceof BundleError) || !error.validity) throw refusal(error);
    const { issuedAt } = error.validity;
    return openBundle(path, { trust, at: issuedAt }).catch(again => {
      throw refusal(again);
    });
  }
}

function refusal(error: unknown): unknown {
  if (!(error instanceof BundleError)) return error;
  const { code, message, file } = error;
  return new KeysmithError(code, message, { cause: error, ...(file !== null && { field: file }) });
}

function judge(bundle: Bundle, token: string, request: { readonly at: Seconds }): VerdictView {
  const { sequence, service, issuedAt, expiresAt } = bundle;
  const usable = request.at >= issuedAt && request.at < expiresAt;
  const times = `from ${formatTime(issuedAt)} until ${formatTime(expiresAt)}`;
  const first: VerdictStep = {
    check: 'bundle',
    outcome: usable ? 'passed' : 'failed',
    detail: usable
      ? `Bundle ${sequence} of ${service} is signed by a trust key, complete, and to be used ${times}.`
      : `Bundle ${sequence} of ${service} is only to be used ${times}: a service refuses every token with it.`,
  };
  if (!usable) {
    const reason = request.at < issuedAt ? 'BUNDLE_NOT_YET_VALID' : 'BUNDLE_EXPIRED';
    return { valid: false, reason, key: null, steps: [first] };
  }
  const { valid, reason, key, steps } = bundle.explain(token, request);
  return { valid, reason, key, steps: [first, ...steps] };
}

function toBenchBundle(path: string, bundle: Bundle): BenchBundle {
  const { iss, service, sequence, issuedAt, expiresAt } = bundle;
  return { path, iss, service, sequence, issuedAt, expiresAt };
}
