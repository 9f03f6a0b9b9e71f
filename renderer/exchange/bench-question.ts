import type { Request } from '../../preload/contract.ts';

/** What is asked of a bundle, beside the token: as the form holds it. */
export interface BenchQuestion {
  /** `YYYY-MM-DDTHH:MM` in the zone of the window; empty: now. */
  readonly at: string;
  readonly ip: string;
  readonly grant: 'none' | 'permission' | 'role';
  readonly permission: string;
  readonly role: string;
  readonly account: string;
  readonly acceptNewer: boolean;
}

export const FIRST_QUESTION: BenchQuestion = {
  at: '',
  ip: '',
  grant: 'none',
  permission: '',
  role: '',
  account: '',
  acceptNewer: false,
};

/** The question as the contract takes it. SECURITY: the token is passed on and kept nowhere. */
export function toAsk(token: string, question: BenchQuestion): Request<'bench:ask'> {
  const { grant, acceptNewer } = question;
  const at = Math.floor(Date.parse(question.at) / 1000);
  const given = (name: 'ip' | 'permission' | 'role' | 'account') => {
    const text = question[name].trim();
    return text === '' ? {} : { [name]: text };
  };
  return {
    token,
    ...(Number.isNaN(at) ? {} : { at }),
    ...given('ip'),
    ...(grant === 'permission' ? given('permission') : {}),
    ...(grant === 'role' ? { ...given('role'), ...given('account') } : {}),
    acceptNewer,
  };
}
