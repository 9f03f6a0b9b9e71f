import { useState } from 'react';
import type { CatalogChange } from '../../preload/contract.ts';
import { call, type Problem } from '../ui/call.ts';
import { notify } from '../ui/notify.ts';
import { useWork } from '../ui/use-work.ts';

export interface CatalogSaving {
  readonly working: boolean;
  readonly problem: Problem | null;
  /** What main answered the last time; null before, and after something was changed again. */
  readonly change: CatalogChange | null;
  /** Main's question, whether what keys hold may go. */
  readonly question: { readonly catalog: string; readonly message: string } | null;
  readonly save: (catalog: string) => void;
  /** Saves what was asked about, whatever holds it. */
  readonly force: () => void;
  readonly forget: () => void;
}

/** Replaces a service's catalog; asks before what keys hold goes. */
export function useSaveCatalog(service: string, onSaved: () => void): CatalogSaving {
  const { working, problem, run, clear } = useWork();
  const [change, setChange] = useState<CatalogChange | null>(null);
  const [question, setQuestion] = useState<CatalogSaving['question']>(null);

  function send(catalog: string, force: boolean) {
    setChange(null);
    void run(
      async () => {
        const saved = await call(
          window.keysmith.services.importCatalog({ service, catalog, ...(force ? { force } : {}) }),
        );
        setQuestion(null);
        setChange(saved);
        notify(`The catalog of ${saved.service.title} was saved.`);
        onSaved();
      },
      ({ code, message }) => {
        const asks = code === 'CATALOG_IN_USE';
        setQuestion(asks ? { catalog, message } : null);
        return asks;
      },
    );
  }

  return {
    working,
    problem,
    change,
    question,
    save: catalog => send(catalog, false),
    force: () => question && send(question.catalog, true),
    forget() {
      clear();
      setChange(null);
      setQuestion(null);
    },
  };
}
