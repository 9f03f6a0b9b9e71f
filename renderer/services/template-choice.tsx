import { Radio } from '@mantine/core';
import type { TemplateView } from '../../preload/contract.ts';
import classes from './template-choice.module.css';

interface Props {
  readonly templates: readonly TemplateView[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label?: string;
}

/** Cards that say in a sentence what each template is for. */
export function TemplateChoice({
  templates,
  value,
  onChange,
  label = 'What will its first keys open?',
}: Props) {
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <div className={classes.cards}>
        {templates.map(template => (
          <Radio.Card key={template.id} value={template.id} className={classes.card ?? ''}>
            <Radio.Indicator size="xs" mt={2} iconColor="var(--ks-on-fill)" />
            <span>
              <span className={classes.title}>{template.title}</span>
              <span className={classes.summary}>{template.summary}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
