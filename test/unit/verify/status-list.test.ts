import { deflateSync } from 'node:zlib';
import { describe, it } from 'vitest';
import { openBundle } from '../../../main/verify/index.ts';
import { refusedBundle } from '../../fixtures/expect-refused.ts';
import {
  handmadeBundle,
  inFolder,
  NOW,
  statusList,
  tokenKey,
  trustDocument,
} from '../../fixtures/handmade-bundle.ts';

function open(bytes: number) {
  const lst = deflateSync(Buffer.alloc(bytes), { level: 9 }).toString('base64url');
  const list = statusList({}, tokenKey, claims => Object.assign(claims, { status_list: { bits: 2, lst } }));
  const bundle = handmadeBundle({ files: files => files.set('status-1.jwt', list) });
  return openBundle(inFolder(bundle), { trust: trustDocument(), at: NOW });
}

describe('a status list', () => {
  it('has up to 2^20 places', async () => {
    await open(262_144);
    await refusedBundle('BUNDLE_FILE_INVALID', 'status-1.jwt', open(262_145));
  });

  it('that unpacks to a gigabyte is refused at once', async () => {
    await refusedBundle('BUNDLE_FILE_INVALID', 'status-1.jwt', open(200_000_000));
  });
});
