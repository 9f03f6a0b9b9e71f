import { Button, Radio, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CheckedFileView, ChosenFile, ServiceView } from '../../../preload/contract.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useFocusAfterWork } from '../../ui/use-focus-after-work.ts';
import { useWrongFocus } from '../../ui/use-wrong-focus.ts';
import { WorkButton } from '../../ui/work-button.tsx';
import classes from './import.module.css';
import { startImport, useImportRun } from './import-run.ts';
import { keysWords } from './import-words.ts';
import { recipientProblem } from './recipient.ts';
import { StepHeading } from './step-heading.tsx';

interface Props {
  readonly checked: CheckedFileView;
  readonly file: ChosenFile;
  readonly service: ServiceView;
  readonly onBack: () => void;
}

type Kept = 'plain' | 'encrypted';

const KEPT: Readonly<Record<Kept, { readonly title: string; readonly summary: string }>> = {
  plain: {
    title: 'A plain CSV',
    summary:
      'Name, key ID and secret of each key, as they are. Only your account on this machine can read the file; whoever gets a copy of it can use every key in it. Delete it once the secrets are handed out.',
  },
  encrypted: {
    title: 'Encrypted to an age recipient',
    summary:
      'The same CSV, which only the holder of the recipient’s identity can open: not even you, unless that is you. Nothing of it is on the disk unencrypted.',
  },
};

/** Where the secrets go: the one time that they are written. */
export function SecretsStep({ checked, file, service, onBack }: Props) {
  const run = useImportRun();
  const [kept, setKept] = useState<Kept>('plain');
  const [recipient, setRecipient] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const focus = useWrongFocus();
  const working = run.kind === 'asking';
  const button = useFocusAfterWork(working);
  const refused = run.kind === 'refused' && run.subject.resumes === null ? run.problem : null;
  const ofField = refused?.code === 'RECIPIENT_INVALID' ? refused.message : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    const to = kept === 'encrypted' ? recipient.trim() : null;
    const problem = to === null ? null : recipientProblem(to);
    setWrong(problem);
    focus.focus();
    if (problem !== null) return;
    void startImport({ service: service.slug, file: file.name, resumes: null }, id =>
      window.keysmith.imports.start({ id, handle: file.handle, recipient: to }),
    );
  }

  return (
    <section className={classes.card} aria-label="Secrets">
      <StepHeading>Where the secrets go</StepHeading>
      <Text size="sm" maw={720}>
        Each key’s secret is written to one file, before the key exists, and never shown again. Keysmith keeps
        no copy that could be read.
      </Text>
      <form ref={focus.formRef} onSubmit={submit} noValidate className={classes.form}>
        <Radio.Group
          aria-label="The file of secrets"
          value={kept}
          onChange={next => setKept(next === 'encrypted' ? 'encrypted' : 'plain')}
        >
          <div className={classes.choices}>
            {(['plain', 'encrypted'] as const).map(each => (
              <Radio.Card key={each} value={each} className={classes.choice ?? ''}>
                <Radio.Indicator size="xs" mt={2} iconColor="var(--ks-on-fill)" />
                <span>
                  <span className={classes.choiceTitle}>{KEPT[each].title}</span>
                  <span className={classes.choiceSummary}>{KEPT[each].summary}</span>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        {kept === 'encrypted' && (
          <TextInput
            label="Recipient"
            description="As age-keygen prints it: the public key, which starts with age1."
            className={classes.recipient ?? ''}
            spellCheck={false}
            autoComplete="off"
            value={recipient}
            error={wrong ?? ofField}
            onChange={event => {
              setRecipient(event.currentTarget.value);
              setWrong(null);
            }}
          />
        )}
        {ofField === null && <ProblemAlert problem={refused} />}
        <div className={classes.action}>
          <Button variant="default" flex="none" disabled={working} onClick={onBack}>
            Back
          </Button>
          <WorkButton ref={button} type="submit" working={working} flex="none">
            Issue {keysWords(checked.rows)}…
          </WorkButton>
        </div>
      </form>
    </section>
  );
}
