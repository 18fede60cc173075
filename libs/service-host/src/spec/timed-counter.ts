import { policySet, type ClockTerms, type PolicySet } from 'aftercare/policy';

/** The counter's clock as no shipped pack has it: it may wait, warns twice and calls two roles. */
export const FIRST_CONTACT: ClockTerms = {
  pack: 'P9', version: '1', key: 'complaint.first_contact', rule: 'P9-01', clause: '5.1', span: { value: 4, unit: 'hour', calendar: 'wall-clock' },
  nature: 'service', when: {}, pausable: true, warn: [50, 80], consequence: { zh: '通报', en: 'it is reported' },
  escalate: [{ percent: 100, to: ['intake.administrator'] }, { afterBreach: { value: 2, unit: 'hour' }, to: ['intake.head'] }],
};
export const CONTACT_CLOCK = 'P9/complaint.first_contact';

/** The shipped policy with these clocks instead of its own. */
export function policyWith(...terms: readonly ClockTerms[]): PolicySet {
  const shipped = policySet();
  return { ...shipped, clocks: (key) => terms.filter((one) => one.key === key) };
}
