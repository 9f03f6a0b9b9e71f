import { IconCheck, IconCircleDashed, IconMinus, IconX } from '@tabler/icons-react';
import type { VerdictStep, VerdictView } from '../../preload/contract.ts';
import bench from './bench.module.css';
import { checkWord, verdictWords } from './verdict-words.ts';

const OUTCOMES: Readonly<
  Record<VerdictStep['outcome'], { readonly icon: typeof IconCheck; readonly word: string }>
> = {
  passed: { icon: IconCheck, word: 'Passed' },
  failed: { icon: IconX, word: 'Failed' },
  'not-asked': { icon: IconMinus, word: 'Not asked' },
  'not-reached': { icon: IconCircleDashed, word: 'Not reached' },
};

/** What a service says of a token, and the checks that lead to it, one after the other. */
export function Verdict({ verdict }: { verdict: VerdictView }) {
  const { valid, reason, key, steps } = verdict;
  return (
    <section className={bench.stack} aria-label="Verdict">
      <div className={bench.verdict} data-valid={valid}>
        {valid ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />}
        <div className={bench.words}>
          <h2 className={bench.verdictTitle}>{verdictWords(verdict)}</h2>
          <div className={bench.whose}>
            {key === null ? (
              'Not proven to be of any key'
            ) : (
              <>
                Key <span className="mono">{key}</span>
              </>
            )}
            {reason !== null && (
              <>
                , code <span className="mono">{reason}</span>
              </>
            )}
          </div>
        </div>
      </div>
      <ol className={bench.steps}>
        {steps.map(({ check, outcome, detail }) => {
          const { icon: Icon, word } = OUTCOMES[outcome];
          return (
            <li key={check} data-outcome={outcome}>
              <Icon size={15} aria-hidden />
              <span className={bench.check}>
                {checkWord(check)}
                <span className="unseen">: {word}.</span>
              </span>
              <span className={bench.detail} title={word}>
                {detail}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
