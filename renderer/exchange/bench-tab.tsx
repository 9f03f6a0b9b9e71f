import { Checkbox, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { isAddress, type ServiceView, type VerdictView } from '../../preload/contract.ts';
import { serviceQuery } from '../services/service-queries.ts';
import { announce } from '../ui/announcer.tsx';
import { call } from '../ui/call.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWork } from '../ui/use-work.ts';
import { WorkButton } from '../ui/work-button.tsx';
import bench from './bench.module.css';
import { BenchBundle } from './bench-bundle.tsx';
import { type BenchQuestion, FIRST_QUESTION, toAsk } from './bench-question.ts';
import classes from './exchange.module.css';
import { GrantField } from './grant-field.tsx';
import { useBenchBundle } from './use-bench-bundle.ts';
import { Verdict } from './verdict.tsx';
import { verdictWords } from './verdict-words.ts';

interface Props {
  readonly service: ServiceView;
  readonly services: readonly ServiceView[];
  readonly shown: boolean;
  readonly onService: (slug: string) => void;
}

/** A verdict, and the bundle that gave it. */
interface Answer {
  readonly of: string;
  readonly verdict: VerdictView;
}

/**
 * Asks a bundle what a service that has it would say to a token.
 * SECURITY: the token stays in its masked field, which is emptied when the bench is left; no state and no cache has it.
 */
export function BenchTab({ service, services, shown, onService }: Props) {
  const tokenField = useRef<HTMLInputElement>(null);
  const ipField = useRef<HTMLInputElement>(null);
  const [question, setQuestion] = useState(FIRST_QUESTION);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [refused, setRefused] = useState<'token' | 'ip' | null>(null);
  const { working, problem, run, clear } = useWork();
  const source = useBenchBundle(service.slug, shown);
  const { bundle } = source;
  const ours = services.some(({ slug }) => slug === bundle?.service);
  const { data: detail } = useQuery({ ...serviceQuery(bundle?.service ?? ''), enabled: ours });
  const of = bundle && `${bundle.path} ${bundle.service} ${bundle.sequence} ${bundle.issuedAt}`;

  useEffect(() => {
    const field = tokenField.current;
    if (!shown || !field) return;
    return () => {
      field.value = '';
    };
  }, [shown]);

  /** What was answered before was asked otherwise. */
  function ask(change: Partial<BenchQuestion>) {
    forget();
    setQuestion(before => ({ ...before, ...change }));
  }

  function forget() {
    setAnswer(null);
    setRefused(null);
    clear();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const token = tokenField.current?.value.trim() ?? '';
    const ip = question.ip.trim();
    if (token === '') {
      setRefused('token');
      tokenField.current?.focus();
      return;
    }
    if (ip !== '' && !isAddress(ip)) {
      setRefused('ip');
      ipField.current?.focus();
      return;
    }
    if (of === null || source.opening) return;
    void run(async () => {
      const verdict = await call(window.keysmith.bench.ask(toAsk(token, question)));
      setAnswer({ of, verdict });
      announce(`${verdictWords(verdict)}.`);
    });
  }

  return (
    <div className={classes.columnsOfTab}>
      <form className={classes.card} onSubmit={submit} noValidate>
        <BenchBundle source={source} service={service} services={services} onService={onService} />
        <TextInput
          ref={tokenField}
          type="password"
          label="Token"
          placeholder="Paste what a client sends"
          autoComplete="off"
          spellCheck={false}
          error={refused === 'token' && 'Paste a token.'}
          onChange={forget}
        />
        <div className={bench.pair}>
          <TextInput
            type="datetime-local"
            label="At"
            description="Empty: now"
            value={question.at}
            onChange={event => ask({ at: event.currentTarget.value })}
          />
          <TextInput
            ref={ipField}
            label="From the address"
            description="Empty: none is told"
            placeholder="10.1.2.3"
            error={refused === 'ip' && 'Give one IPv4 or IPv6 address.'}
            autoComplete="off"
            spellCheck={false}
            value={question.ip}
            onChange={event => ask({ ip: event.currentTarget.value })}
          />
        </div>
        <GrantField question={question} catalog={detail?.catalog} onChange={ask} />
        <Checkbox
          label="Accept tokens newer than the bundle"
          description="A JWT that was issued since is judged by its signature and claims alone."
          checked={question.acceptNewer}
          onChange={event => ask({ acceptNewer: event.currentTarget.checked })}
        />
        <div className={classes.action}>
          <WorkButton type="submit" working={working} disabled={of === null || source.opening}>
            Ask
          </WorkButton>
        </div>
        <ProblemAlert problem={problem} />
      </form>
      <div className={classes.card}>
        {answer && answer.of === of ? (
          <Verdict verdict={answer.verdict} />
        ) : (
          <Text size="sm" c="dimmed">
            What a service that has this bundle would say to the token, check by check.
          </Text>
        )}
      </div>
    </div>
  );
}
