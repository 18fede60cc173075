import { callBack, carryOutAndTell, closes, complainAboutService, fixPlan, judgeValid } from './chapters.js';
import type { Story } from './story.js';

/** 999.99 yuan is the manager's: rejected first, then explained to the customer instead. */
export const aRejectedApprovalIsAskedAgain: Story = {
  name: 'a rejected approval sends the plan back',
  async tell(desk) {
    const receipt = await complainAboutService(desk);
    await judgeValid(desk, receipt.id);
    await fixPlan(desk, receipt.id, ['price-concession'], 99_999);
    const approval = `/billing/approvals/${receipt.id}.1`;
    await desk.untilStage('billing.clerk', approval, 'proposed');
    await desk.isRefused('billing.sales-vice-president', `${approval}/rejection`, { reason: 'x' }, 'not-your-role');
    await desk.tell('billing.after-sales-manager', `${approval}/rejection`, { reason: '金额与损失不符。' });
    await desk.until('intake.administrator', `/intake/complaints/${receipt.id}`, 'the plan set back', ({ state }) => state['setBack'] === true);
    await fixPlan(desk, receipt.id, ['apology', 'explanation'], null);
    await carryOutAndTell(desk, receipt.id);
    await callBack(desk, receipt.id, 'satisfied', 1);
    return closes(desk, receipt, 'satisfied');
  },
};
