import type { FlagMajor } from 'aftercare/contracts';
import { formatYuan, cny, refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P001E-49: 5000 yuan or more. The other triggers need no amount. */
export function aLossIsMajorFromTheThreshold(flag: FlagMajor, policy: PolicySet): Refusal | null {
  const threshold = policy.setting('complaint.major.loss_threshold');
  if (flag.trigger !== 'economic-loss' || threshold === null || (flag.loss !== undefined && flag.loss.minor >= threshold)) return null;
  return refuse('below-major-threshold', {
    zh: `经济损失达到 ${formatYuan(cny(threshold))} 才属于重大投诉。`,
    en: `A loss is major from ${formatYuan(cny(threshold))} on.`,
  }, { rule: 'P001E-49', field: 'loss' });
}
