import { CliFailure, EXIT, type ExitCode } from './exit-codes.js';
import { plain } from './table.js';

/** One department is away while others may answer; commands that ask several go on without it. */
export class DepartmentUnavailable extends CliFailure {
  constructor(readonly department: string) {
    super(EXIT.partlyUnavailable, `${department} does not answer at the moment: look with \`aftercare status\`, repeat when it is back.`);
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly detail_en?: string;
  readonly detail_zh?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** Overloaded is away too: the remedy is the same, to wait and ask again. */
const AWAY = [429, 502, 503, 504];
const EXIT_OF: Readonly<Record<number, ExitCode>> = { 401: EXIT.refused, 403: EXIT.refused, 404: EXIT.notFound, 409: EXIT.refused, 412: EXIT.refused, 422: EXIT.refused };
const ADVICE: Readonly<Record<number, string>> = {
  401: 'make a new token with `aftercare token`, or unset AFTERCARE_TOKEN',
  403: 'use a token with a role that may do this (`aftercare token --role ROLE`)',
};
/** What no other role would help with. */
const ADVICE_FOR: Readonly<Record<string, string>> = {
  'not-a-person': 'give your own account with --name; an account of the machine (cli-…) answers for nothing',
  'sign-in-too-old': 'make a new token with `aftercare token` and put it into AFTERCARE_TOKEN, or unset AFTERCARE_TOKEN',
  'separation-of-duties': 'another person has to do this',
};

/** Of `/<department>/...`. */
export const departmentOf = (path: string): string => path.split(/[/?]/)[1] ?? '';

/** What an answer that is not 2xx means for people. `path` starts with `/<department>/`. */
export async function failureOf(response: Response, path: string): Promise<CliFailure> {
  const department = departmentOf(path);
  if (AWAY.includes(response.status)) return new DepartmentUnavailable(department);
  const body = await response.json().catch(() => ({})) as ProblemBody;
  // A gateway that was started without a department: what that department recorded is missing, not absent.
  if (body.code === 'no-such-department') return new DepartmentUnavailable(department);
  const said = plain(body.detail_en ?? body.detail ?? body.title ?? `it answered ${response.status}`);
  // A single one is the sentence already.
  const fields = (body.errors ?? []).filter(({ field, message }) => said !== plain(`${field} ${message}.`)).map(({ field, message }) => `${plain(field)}: ${plain(message)}`).join('; ');
  const advice = ADVICE_FOR[body.code ?? ''] ?? ADVICE[response.status];
  // Faults of a policy come in both languages already.
  const chinese = body.detail_zh === undefined || /\p{Script=Han}/u.test(said) ? '' : `\n${plain(body.detail_zh)}`;
  return new CliFailure(EXIT_OF[response.status] ?? EXIT.failed, [`${department} refused: ${said}`, fields, advice].filter(Boolean).join(' — ') + chinese);
}
