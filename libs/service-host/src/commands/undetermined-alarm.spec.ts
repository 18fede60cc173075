import type { DomainEvent } from 'aftercare/kernel';
import { alarmIfUndetermined } from './undetermined-alarm.js';

const trace = { id: 'CN-ADR-2011', version: '1', rule: 'undetermined', inputs: { seriousness: 'secret' }, outcome: 'undetermined: no-match' };

describe('what no rule decides', () => {
  it('is told once per event, with the rule and without what it was asked about', () => {
    const said: string[] = [];
    const events: DomainEvent[] = [
      { type: 'AdverseReactionAssessed', data: {} },
      { type: 'ReportabilityUndetermined', data: { why: 'secret' }, policy: trace, personal: { subject: 's', fields: { reasoning: 'secret' } } },
      { type: 'ApproverUndetermined', data: {} }, { type: 'ReportabilityDetermined', data: {}, policy: trace },
    ];
    alarmIfUndetermined({ warn: (message) => said.push(message) }, 'reactionReport-1', events);
    expect(said).toEqual([
      'ReportabilityUndetermined in reactionReport-1: a person has to decide; CN-ADR-2011@1 says undetermined: no-match',
      'ApproverUndetermined in reactionReport-1: a person has to decide',
    ]);
    expect(said.join()).not.toContain('secret');
  });
});
