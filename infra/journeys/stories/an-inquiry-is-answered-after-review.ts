import type { Story } from './story.js';

/** P000-21 to -25. Not a complaint: it ends answered, not closed. */
export const anInquiryIsAnsweredAfterReview: Story = {
  name: 'an inquiry is answered after review',
  async tell(desk) {
    const receipt = await desk.tell('intake.clerk', '/intake/inquiries', {
      channel: 'e-mail', awareAt: new Date(Date.now() - 60_000).toISOString(), inquirer: '周药师', email: 'zhou@example.org', question: '开封后可以保存多久?',
    });
    const path = `/intake/inquiries/${receipt.id}`;
    await desk.tell('intake.clerk', `${path}/transfer`, { to: 'u-intake-specialist', why: '需研发确认' });
    await desk.tell('intake.specialist', `${path}/drafts`, { reply: '开封后 30 天内使用。' });
    await desk.isRefused('intake.clerk', `${path}/reply`, {}, 'wrong-stage');
    await desk.tell('intake.reviewer', `${path}/review`, { accepted: true });
    await desk.tell('intake.clerk', `${path}/reply`, {});
    const { state } = await desk.untilStage('intake.clerk', path, 'answered');
    return { caseId: receipt.id, number: receipt.number ?? '', closed: null, rounds: state['firstContactOwner'] === 'u-intake-clerk' ? 1 : 0 };
  },
};
