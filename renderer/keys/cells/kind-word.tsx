import type { Kind } from '../../../preload/contract.ts';

const WORDS: Readonly<Record<Kind, string>> = { private: 'Private', public: 'Public' };

export function KindWord({ kind }: { kind: Kind }) {
  return <span>{WORDS[kind]}</span>;
}
