import { callBack, carryOutAndTell, closes, complainAboutService, fixPlan, judgeValid } from './chapters.js';
import type { Story } from './story.js';

/** P000-36: as many rounds as it takes; here three. */
export const aDissatisfiedCustomerReopensTwice: Story = {
  name: 'a dissatisfied customer reopens twice',
  async tell(desk) {
    const receipt = await complainAboutService(desk);
    const path = `/intake/complaints/${receipt.id}`;
    for (let round = 1; round <= 3; round += 1) {
      await desk.until('intake.administrator', path, `round ${round}`, ({ stage, state }) => stage === 'classified' && state['round'] === round);
      await judgeValid(desk, receipt.id);
      await fixPlan(desk, receipt.id, ['apology', 'explanation'], null);
      await carryOutAndTell(desk, receipt.id);
      await callBack(desk, receipt.id, round < 3 ? 'dissatisfied' : 'satisfied', round);
    }
    return closes(desk, receipt, 'satisfied');
  },
};
