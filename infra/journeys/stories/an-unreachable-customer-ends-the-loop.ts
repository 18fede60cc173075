import { carryOutAndTell, closes, complainAboutService, fixPlan, judgeValid } from './chapters.js';
import type { Story } from './story.js';

export const anUnreachableCustomerEndsTheLoop: Story = {
  name: 'an unreachable customer ends the loop',
  async tell(desk) {
    const receipt = await complainAboutService(desk);
    await judgeValid(desk, receipt.id);
    await fixPlan(desk, receipt.id, ['apology'], null);
    await carryOutAndTell(desk, receipt.id);
    const path = `/surveys/callbacks/${receipt.id}`;
    await desk.untilStage('surveys.clerk', path, 'scheduled');
    for (let attempt = 1; attempt <= 3; attempt += 1) await desk.tell('surveys.clerk', `${path}/attempts`, { note: '无人接听' });
    await desk.untilStage('surveys.clerk', path, 'abandoned');
    return closes(desk, receipt, 'unreachable');
  },
};
