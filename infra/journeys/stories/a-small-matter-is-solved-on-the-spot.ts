import { callBack, closes, complainAboutService } from './chapters.js';
import type { Story } from './story.js';

export const aSmallMatterIsSolvedOnTheSpot: Story = {
  name: 'a small matter is solved on the spot',
  async tell(desk) {
    const receipt = await complainAboutService(desk);
    await desk.tell('intake.clerk', `/intake/complaints/${receipt.id}/on-spot`, { resolution: '当场致歉并补寄发票。' });
    await callBack(desk, receipt.id, 'satisfied', 1);
    return closes(desk, receipt, 'resolved-on-spot');
  },
};
