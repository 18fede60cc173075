import { event } from '../spec/event.js';
import { details } from './describe-event.js';
import { renderTimeline } from './render-replay.js';

/** Terminal cells of a text: everything from the CJK blocks on takes two. */
const cells = (text: string): number => [...text].reduce((sum, letter) => sum + (letter >= '\u2e80' ? 2 : 1), 0);
const withoutColour = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

describe('the timeline on the screen', () => {
  const verdict = event({
    log: 'quality', index: 44, type: 'QualityVerdictReached', recordedAt: '2026-03-01T01:00:00.000Z',
    data: { caseId: 'c1', verdict: 'nonconforming' }, personal: { subject: 's1', fields: { finding: '包装破损' } },
    policy: { id: 'quality', version: '1', rule: 'P002A-16', inputs: {}, outcome: 'hold stays' },
  });

  it('says when, where, what in both languages, who and by which rule', () => {
    const text = withoutColour(renderTimeline([verdict], false));
    for (const part of ['2026-03-01 09:00:00', '质量 quality', '44', '质量结论 QualityVerdictReached', 'verdict=nonconforming', 'u-17', 'P002A-16 → hold stays']) {
      expect(text).toContain(part);
    }
  });

  it('says of a decision which version of which pack it was, what it was asked and what came out', () => {
    const routed = event({ type: 'CaseRouted', policy: { id: 'P003', version: '2', rule: 'P003-33-service', inputs: { class: 'service', urgency: null }, outcome: 'intake.head' } });
    const text = withoutColour(renderTimeline([routed], false));
    for (const part of ['P003@2 P003-33-service → intake.head', 'class=service, urgency=?']) expect(text).toContain(part);
  });

  it('says of a deadline by which clause it counts, and of an escalation who was called', () => {
    const set = event({ type: 'DeadlinesSet', data: { clocks: [{ clock: 'P001E/a', policy: 'P001E@1', rule: 'P001E-36' }, { clock: 'P003/b', policy: 'P003@1', rule: 'P003-35' }] } });
    const called = event({ type: 'DeadlineEscalated', data: {
      clock: 'P001E/a', dueAt: '2026-03-01T01:00:00.000Z', lateByMs: 5, policy: 'P001E@3', rule: 'P001E-36', step: 'escalate.2', to: ['intake.head', 'manager'],
    } });
    const text = withoutColour(renderTimeline([set, called], false));
    for (const part of ['P001E@1 P001E-36', 'P003@1 P003-35', 'P001E@3 P001E-36', 'to=intake.head+manager']) expect(text).toContain(part);
  });

  it('names the policy version where the case gets one and where a department goes by another, and not in every line', () => {
    const under = (adoption?: string) => event({ type: 'DeadlinesMet', ...(adoption !== undefined && { adoption }) });
    const text = withoutColour(renderTimeline([under(), under('example@1'), under('example@1'), under(), under('example@1'), under('example@2'), under('example@1')], false));
    expect(text.match(/under example@\d/g)).toEqual(['under example@1', 'under example@2', 'under example@1']);
    expect(text).not.toContain('undefined');
  });

  it('shows personal texts only when asked', () => {
    expect(renderTimeline([verdict], false)).not.toContain('包装破损');
    expect(renderTimeline([verdict], true)).toContain('finding: 包装破损');
  });

  it('aligns columns by cells, not characters, so that Chinese does not push them', () => {
    const [, first, second] = withoutColour(renderTimeline([
      event({ type: 'ComplaintRegistered', actor: { id: 'here', role: '' } }), event({ type: 'NewerThanThisProgram', actor: { id: 'here', role: '' } }),
    ], false)).split('\n').filter((line) => line.includes('here') || line.includes('Who'));
    const column = (line: string | undefined): number => cells((line ?? '').split('here')[0] ?? '');
    expect(column(first)).toBe(column(second));
  });

  it('does not let a record steer the terminal', () => {
    const text = renderTimeline([event({ actor: { id: 'u\u001b[2J\u202e1', role: 'r' } })], false);
    expect(text).not.toContain('\u001b[2J');
    expect(text).not.toContain('\u202e');
  });

  it('writes money from minor units exactly', () => {
    expect(details(event({ data: { amount: { minor: 100_000, currency: 'CNY' }, least: { minor: 5, currency: 'CNY' } } }))).toBe('amount=1000.00 CNY, least=0.05 CNY');
  });
});
