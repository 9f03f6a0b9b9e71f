import type { Kind } from '../../../preload/contract.ts';

const WORDS: Readonly<Record<Kind, string>> = { private: 'Private', public: 'Public' };

export function kindWord(kind: Kind): string {
  return WORDS[kind];
}

export function KindWord({ kind }: { kind: Kind }) {
  return <span>{kindWord(kind)}</span>;
}
