import { isServiceSlug, type ServiceSlug } from '../keys/ids.ts';
import { KINDS, type Kind } from '../keys/key.ts';

export interface GitleaksConfigOptions {
  readonly service: ServiceSlug;
  /** `[a-z][a-z0-9]{1,7}`: what the service's tokens start with. */
  readonly prefix: string;
}

const MARK: Readonly<Record<Kind, string>> = { private: 'sk', public: 'pk' };
const MEANING: Readonly<Record<Kind, string>> = {
  private: 'revoke or rotate it',
  public: 'fine in a web page or an app, where this rule can be disabled',
};

/**
 * The `gitleaks.toml` of a bundle: rules that find this service's tokens in source trees, one a kind, so that the one
 * for public keys can be disabled where they belong.
 *
 * @throws Error when a value could be read as anything but itself
 */
export function gitleaksConfig({ service, prefix }: GitleaksConfigOptions): string {
  // SECURITY: both stand in the middle of TOML and of a regular expression.
  if (!isServiceSlug(service)) throw new Error(`${JSON.stringify(service)} is not a service`);
  if (!/^[a-z][a-z0-9]{1,7}$/.test(prefix))
    throw new Error(`${JSON.stringify(prefix)} is not a token prefix`);
  const rules = KINDS.map(kind => rule(service, prefix, kind));
  return `title = "API keys of ${service}"

# Beside the rules that gitleaks has itself. For these alone: --enable-rule=${KINDS.map(kind => ruleId(service, kind)).join(',')}
[extend]
useDefault = true

${rules.join('\n')}`;
}

/**
 * A token counts only as a whole: not as the end of a longer word, unless that is an escape such as `\n` or `%3D`,
 * and not with more letters or digits behind it. Go's regular expressions cannot look around, and what is consumed
 * behind one token could not begin the next: hence `\b`, and `_` by itself, which `\b` takes for a letter.
 */
function rule(service: ServiceSlug, prefix: string, kind: Kind): string {
  const start = `${prefix}_${MARK[kind]}_`;
  return `[[rules]]
id = "${ruleId(service, kind)}"
description = "A ${kind} API key of ${service}: ${MEANING[kind]}."
regex = '''(?:\\b|_|\\\\[bfnrt]|\\\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})(${start}[0-9A-Za-z]{16}_[0-9A-Za-z]{49})(?:\\b|_)'''
secretGroup = 1
keywords = ["${start}"]
tags = ["keysmith", "${service}"]
`;
}

function ruleId(service: ServiceSlug, kind: Kind): string {
  return `keysmith-${service}-${kind}-key`;
}
