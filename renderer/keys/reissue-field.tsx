import { Radio, Stack } from '@mantine/core';

interface Props {
  /** True to sign the token anew, false to keep the old one. */
  readonly value: boolean;
  readonly onChange: (reissues: boolean) => void;
}

/** What becomes of the token that was handed out, which cannot follow what was changed. */
export function ReissueField({ value, onChange }: Props) {
  return (
    <Radio.Group
      size="xs"
      label="The token that is in use"
      description="Tokens already handed out do not change: this one still says what the key was before."
      value={value ? 'reissue' : 'keep'}
      onChange={choice => onChange(choice === 'reissue')}
    >
      <Stack gap={8} mt={8}>
        <Radio
          size="xs"
          value="reissue"
          label="Reissue the token"
          description="The new token is shown once. The old one is refused from the next bundle on."
        />
        <Radio
          size="xs"
          value="keep"
          label="Keep the old token"
          description="What you took away ends with the next bundle; what you added needs a new token. The key is marked until then."
        />
      </Stack>
    </Radio.Group>
  );
}
