import { describe, expect, it } from 'vitest';
import { latestFirst } from '../../../renderer/keys/latest-first.ts';

/** Questions that are answered when the test says so, and which of them were asked. */
function answerer() {
  const asked: string[] = [];
  const answers = new Map<string, (error?: Error) => void>();
  const ask = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      asked.push(name);
      answers.set(name, error => (error ? reject(error) : resolve(name)));
    });
  const answer = async (name: string, error?: Error) => {
    answers.get(name)?.(error);
    await new Promise(resolve => setImmediate(resolve));
  };
  return { asked, ask, answer };
}

describe('questions to main', () => {
  it('are asked one at a time, the newest first', async () => {
    const { asked, ask, answer } = answerer();
    const enqueue = latestFirst();
    const { signal } = new AbortController();
    const all = ['first', 'second', 'third'].map(name => enqueue(signal, ask(name)));
    expect(asked).toEqual(['first']);
    await answer('first');
    expect(asked).toEqual(['first', 'third']);
    await answer('third');
    await answer('second');
    expect(await Promise.all(all)).toEqual(['first', 'second', 'third']);
  });

  it('are never asked once they are no longer wanted', async () => {
    const { asked, ask, answer } = answerer();
    const enqueue = latestFirst();
    const typed = ['b', 'bi', 'bil', 'bill'].map(text => {
      const state = new AbortController();
      return { state, found: enqueue(state.signal, ask(text)) };
    });
    for (const { state } of typed.slice(0, -1)) state.abort();
    const ended = Promise.allSettled(typed.map(({ found }) => found));
    await answer('b');
    await answer('bill');
    expect(asked, 'the one under way and the one that is wanted').toEqual(['b', 'bill']);
    expect((await ended).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    const late = new AbortController();
    late.abort();
    await expect(enqueue(late.signal, ask('late'))).rejects.toThrow();
    expect(asked).not.toContain('late');
  });

  it('go on after one that fails', async () => {
    const { asked, ask, answer } = answerer();
    const enqueue = latestFirst();
    const { signal } = new AbortController();
    const failed = expect(enqueue(signal, ask('first'))).rejects.toThrow('not today');
    const second = enqueue(signal, ask('second'));
    await answer('first', new Error('not today'));
    await failed;
    await answer('second');
    expect(await second).toBe('second');
    expect(asked).toEqual(['first', 'second']);
  });
});
