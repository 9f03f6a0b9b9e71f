import type { ServiceView } from '../../preload/contract.ts';
import type { ImportRun } from '../keys/import/import-run.ts';
import { phaseWords } from '../keys/import/import-words.ts';
import { BannerLine } from './banner-line.tsx';

interface Props {
  readonly run: Extract<ImportRun, { kind: 'running' }>;
  readonly services: readonly ServiceView[];
  readonly onShow: () => void;
}

/** In the banner's place: the bulk issue that goes on while another screen is shown. */
export function ImportLine({ run: { subject, progress }, services, onShow }: Props) {
  const title = services.find(({ slug }) => slug === subject.service)?.title ?? subject.service;
  const { phase, done, total } = progress;
  return (
    <BannerLine
      what={`Issuing keys for ${title}.`}
      why={`${phaseWords(phase, done, total)}.`}
      tone="work"
      action="Show"
      onAction={onShow}
    />
  );
}
