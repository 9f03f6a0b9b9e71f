import { Box, Button, Collapse, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { type AppState, LIMITS } from '../../preload/contract.ts';
import { ServiceFields } from '../services/service-fields.tsx';
import { TemplateChoice } from '../services/template-choice.tsx';
import { RestoreDialog } from '../settings/restore-dialog.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { useWrongFocus } from '../ui/use-wrong-focus.ts';
import { WorkButton } from '../ui/work-button.tsx';
import {
  atField,
  type FirstRunValues,
  firstRunRules,
  initialFirstRun,
  toInstallationRequest,
} from './first-run-form.ts';
import { PassphraseFields } from './passphrase-fields.tsx';
import { useAppChange } from './use-app-change.ts';
import { WelcomePage } from './welcome-page.tsx';

/** The one screen before everything: names the installation, starts its first service, sets up the vault. */
export function FirstRun({ state }: { state: Extract<AppState, { kind: 'first-run' }> }) {
  const { templates, keychain, folder } = state;
  const [restoring, setRestoring] = useState(false);
  const [more, setMore] = useState(false);
  const { working, problem, run } = useAppChange();
  const wrong = useWrongFocus();
  const form = useForm<FirstRunValues>({
    initialValues: initialFirstRun(templates),
    validate: firstRunRules(keychain !== null),
  });

  function choose(id: string) {
    const service = templates.find(template => template.id === id)?.service;
    form.setValues({ template: id, ...(service ?? {}) });
    form.clearErrors();
  }

  const submit = form.onSubmit(
    values =>
      run(
        () => window.keysmith.app.createInstallation(toInstallationRequest(values, keychain !== null)),
        failure => {
          const field = atField(failure);
          if (!field) return false;
          wrong.refuse(() => form.setFieldError(field, failure.message));
          if (field === 'title' || field === 'slug' || field === 'prefix') setMore(true);
          return true;
        },
      ),
    errors => {
      wrong.focus();
      if (errors.title || errors.slug || errors.prefix) setMore(true);
    },
  );

  return (
    <WelcomePage title="Set up Keysmith" width={640}>
      <form ref={wrong.formRef} onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Installation name"
            description="Shown in the window and in what you export, for instance the name of your team."
            maxLength={LIMITS.title * 2}
            data-autofocus
            autoFocus
            {...form.getInputProps('name')}
          />
          <TemplateChoice templates={templates} value={form.values.template} onChange={choose} />
          <Box>
            <Button
              variant="subtle"
              px={4}
              ml={-4}
              aria-expanded={more}
              leftSection={more ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
              onClick={() => setMore(!more)}
            >
              More about the first service
            </Button>
            <Collapse expanded={more} transitionDuration={120}>
              <Box pt="xs">
                <ServiceFields form={form} />
              </Box>
            </Collapse>
          </Box>
          {keychain && <PassphraseFields form={form} reason={keychain.message} />}
          <ProblemAlert problem={problem} />
          <div>
            <WorkButton type="submit" working={working} size="sm">
              Create installation
            </WorkButton>
            {keychain === null && (
              <Button variant="subtle" size="sm" ml="xs" onClick={() => setRestoring(true)}>
                Restore a backup instead…
              </Button>
            )}
          </div>
          {keychain !== null && (
            <Text size="sm" c="dimmed">
              Without a keychain, a backup is restored with the command line:{' '}
              <span className="mono">keysmith restore FILE --vault passphrase</span>
            </Text>
          )}
          <Text size="xs" c="dimmed">
            Everything stays in <span className="mono">{folder}</span>. Keysmith never opens a network
            connection.
          </Text>
        </Stack>
      </form>
      {restoring && <RestoreDialog replaces={null} onClose={() => setRestoring(false)} />}
    </WelcomePage>
  );
}
