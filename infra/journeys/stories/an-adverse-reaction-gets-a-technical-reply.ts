import { TABLET } from '../company.js';
import { callBack, carryOutAndTell, closes, fixPlan, judgeValid } from './chapters.js';
import type { Story } from './story.js';

/** P003-28 to -31: own register, technical department, reply, report to the authority. The head gives an opinion on the way. */
export const anAdverseReactionGetsATechnicalReply: Story = {
  name: 'an adverse reaction gets a technical reply',
  async tell(desk, id) {
    const receipt = await desk.tell('intake.clerk', '/intake/complaints', {
      channel: 'hotline', awareAt: new Date(Date.now() - 60_000).toISOString(), locality: 'non-local', complainant: '陈女士', phone: '13700000000',
      subject: '服药后头晕', demand: '说明是否继续服用',
      classification: {
        class: 'adverse-reaction', goods: { ...TABLET, lot: `T-${id}` },
        reaction: { reactionTerm: '头晕', takenOn: '2026-03-01', quantityTaken: '1片/日', notKnown: ['concomitantDrugs'] },
      },
    });
    const report = `/quality/reaction-reports/${receipt.id}`;
    await desk.tell('intake.clerk', `/intake/complaints/${receipt.id}/escalation`, { to: 'u-intake-head', why: '超出权限' });
    await desk.untilStage('quality.officer', report, 'registered');
    await desk.tell('quality.officer', `${report}/transfer`, { to: 'u-quality-technical' });
    await desk.tell('quality.technical', `${report}/assessment`, { seriousness: 'non-serious', reasoning: '说明书已载明。' });
    // Nobody has said what kind of product it is and whether the reaction is known: no "nothing to report" follows from that.
    await desk.isRefused('quality.officer', `${report}/filing`, { filedAt: new Date().toISOString(), reference: `ADR-${id}` }, 'reportability-open');
    await desk.tell('quality.technical', `${report}/assessment`, { seriousness: 'non-serious', expectedness: 'known', productKind: 'drug', reasoning: '说明书已载明。' });
    await desk.tell('quality.officer', `${report}/filing`, { filedAt: new Date(Date.now() - 1_000).toISOString(), reference: `ADR-${id}` });
    await desk.tell('quality.technical', `${report}/answer`, { reply: '建议睡前服用,如持续请就医。' });
    await desk.until('intake.administrator', `/intake/complaints/${receipt.id}`, 'the technical reply', ({ state }) => state['technicallyAnswered'] === true);
    await judgeValid(desk, receipt.id);
    await desk.isRefused('intake.administrator', `/intake/complaints/${receipt.id}/plan`, { remedies: ['explanation'], plan: 'x' }, 'finding-missing');
    await desk.tell('intake.head', `/intake/complaints/${receipt.id}/opinion`, { opinion: '同意技术部意见。' });
    await fixPlan(desk, receipt.id, ['explanation'], null);
    await carryOutAndTell(desk, receipt.id);
    await callBack(desk, receipt.id, 'satisfied', 1);
    return closes(desk, receipt, 'satisfied');
  },
};
