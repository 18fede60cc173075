import { firstUncovered, needsSuccessor, type PolicyStanding } from 'aftercare/policy';
import { plain } from '../table.js';

/** What to do about a policy that has ended or soon will, in English and below it in Chinese; null where nothing is to be done. */
export function policyEndInWords(standing: PolicyStanding): string | null {
  if (!needsSuccessor(standing)) return null;
  const adoption = plain(standing.adoption);
  const days = Math.abs(standing.endsInDays ?? 0);
  const follows = followedBy(standing);
  const command = 'aftercare policy adopt --file FILE --name ACCOUNT --reason TEXT';
  const [en, zh] = standing.ended
    ? [
      `Everything that was adopted has ended, ${days === 1 ? 'yesterday was its last day' : `its last day was ${days} days ago`}${follows.en}; ${adoption} stays in force although nobody adopted it for today.`,
      `已采用的政策都已失效，最后一天是 ${days} 天前${follows.zh}；${adoption} 虽无人为今天采用，仍继续执行。`,
    ]
    : [
      `What is adopted ends ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`}${follows.en}; ${adoption} is in force.`,
      `已采用的政策${days === 0 ? '今天' : days === 1 ? '明天' : `将于 ${days} 天后`}失效${follows.zh}；现行 ${adoption}。`,
    ];
  const asked = follows.hasSuccessor ? { en: 'Adopt one for the days between', zh: '请为其间各日采用政策' } : { en: 'Adopt a successor', zh: '请采用后续政策' };
  return `${en} ${asked.en}: ${command}\n${zh}${asked.zh}：${command}`;
}

/** A gap is named by its first day and by what ends it: who reads that nothing follows would adopt the same once more. */
function followedBy(standing: PolicyStanding): { readonly en: string; readonly zh: string; readonly hasSuccessor: boolean } {
  const gapFrom = firstUncovered(standing);
  // A department of an earlier version does not tell.
  const successor: PolicyStanding['successor'] | undefined = standing.successor;
  if (!successor || gapFrom === null) return { ...(standing.ended ? { en: '', zh: '' } : { en: ' and nothing follows', zh: '，之后没有后续政策' }), hasSuccessor: false };
  const [name, begins] = [plain(successor.adoption), plain(successor.from)];
  return { en: `; no day from ${gapFrom} on is covered until ${name} begins on ${begins}`, zh: `，自 ${gapFrom} 起没有政策，直至 ${name} 于 ${begins} 生效`, hasSuccessor: true };
}
