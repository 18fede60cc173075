import { needsSuccessor, type PolicyStanding } from 'aftercare/policy';
import { plain } from '../table.js';

/** What to do about a policy that has ended or soon will, in words; null where nothing is to be done. */
export function policyEndInWords(standing: PolicyStanding): string | null {
  if (!needsSuccessor(standing)) return null;
  const { ended, endsInDays } = standing;
  const adoption = plain(standing.adoption);
  const days = Math.abs(endsInDays ?? 0);
  const what = ended
    ? `Everything that was adopted has ended, ${days === 1 ? 'yesterday was its last day' : `its last day was ${days} days ago`}; ${adoption} stays in force although nobody adopted it for today.`
    : `What is adopted ends ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`} and nothing follows; ${adoption} is in force.`;
  return `${what} Adopt a successor: aftercare policy adopt --file FILE --name ACCOUNT --reason TEXT`;
}
