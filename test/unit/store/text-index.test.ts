import { describe, expect, it } from 'vitest';
import { createKey } from '../../../main/keys/create-key.ts';
import { connect } from '../../../main/store/connection.ts';
import { databasePath } from '../../../main/store/data-folder.ts';
import { openForReading } from '../../../main/store/open-database.ts';
import { verifyStore } from '../../../main/store/verify-store.ts';
import { db, findings, populated, run } from '../../fixtures/edited-by-hand.ts';
import { addManyKeys } from '../../fixtures/many-keys.ts';

const NAMED = 'key ID';

describe('the full-text index beside the keys', () => {
  it.each([
    ['a key is taken out of it', 'DELETE FROM key_text WHERE rowid = ?', NAMED],
    ['a key has another text in it', "UPDATE key_text SET txt = 'someone else' WHERE rowid = ?", NAMED],
    [
      'a text is in it without a key',
      "INSERT INTO key_text (rowid, txt) VALUES (? + 9999, 'xyz')",
      'key_text',
    ],
    ['it no longer leads to its terms', 'DELETE FROM key_text_idx WHERE ? > 0', 'key_text'],
    ['a change of the key would fail', "UPDATE key_text_docsize SET sz = x'ff' WHERE id = ?", NAMED],
    ['every change would fail', 'DELETE FROM key_text_data WHERE id = 1 AND ? > 0', 'key_text'],
  ])('is found to be edited by hand when %s', async (_, sql, subject) => {
    const installation = await populated();
    const { key } = installation.live;
    addManyKeys(installation, 300);
    expect(await findings(installation)).toEqual([]);
    db(installation).unsafeMode();
    run(installation, sql, key.ref);
    expect((await findings(installation)).map(found => [found.kind, found.subject])).toContainEqual([
      'derived',
      subject === NAMED ? `key ${key.id}` : subject,
    ]);
  });

  it('is compared on a connection that only reads, too', async () => {
    const { folder, store } = await populated();
    const db = openForReading(databasePath(folder));
    try {
      expect(verifyStore(connect(db, store.connection.seals))).toMatchObject({ findings: [] });
    } finally {
      db.close();
    }
  });

  it('is not called edited for letters that SQLite folds otherwise', async () => {
    const installation = await populated();
    const { ports, actor } = installation;
    const letters = Array.from({ length: 0x2fff }, (_, code) => String.fromCodePoint(code)).filter(
      letter => letter.toLowerCase() !== letter.toUpperCase(),
    );
    expect(letters.length).toBeGreaterThan(2000);
    for (let from = 0; from < letters.length; from += 600) {
      const description = letters.slice(from, from + 600).join('');
      createKey(ports, actor, { service: 'team-api', name: `letters ${from}`, description });
    }
    createKey(ports, actor, { service: 'team-api', name: '🗝️🗝️ "quoted" 𝒌𝒆𝒚' });
    expect(await findings(installation)).toEqual([]);
  });
});
