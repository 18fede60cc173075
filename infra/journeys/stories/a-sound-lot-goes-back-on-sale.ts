import { DEALER, PHARMACY, PUMP, sellALot } from '../company.js';
import { closes, complainAboutAPump, investigate, judgeValid, lotIsStopped } from './chapters.js';
import type { Story } from './story.js';

/** Held as a precaution, found sound, resumed everywhere; the complaint does not stand and is explained. */
export const aSoundLotGoesBackOnSale: Story = {
  name: 'a sound lot goes back on sale and the complaint is unfounded',
  async tell(desk, id) {
    const lot = await sellALot(desk, PUMP.productCode, `S-${id}`);
    const receipt = await complainAboutAPump(desk, lot);
    await lotIsStopped(desk, lot, [PHARMACY, DEALER]);
    await investigate(desk, receipt.id, 'conforming');
    await desk.untilStage('logistics.warehouse', `/logistics/warehouse-holds/${lot.id}`, 'released');
    await desk.until('quality.officer', `/quality/stop-sales/${lot.id}`, 'resume notices to both buyers', ({ stage, state }) => {
      const notices = state['notices'] as Record<string, string> | undefined;
      return stage === 'released' && [PHARMACY, DEALER].every((customer) => notices?.[customer] === 'resumed');
    });
    await judgeValid(desk, receipt.id, false);
    await desk.tell('intake.clerk', `/intake/complaints/${receipt.id}/outcome`, { message: '经检验产品合格,已向客户解释。' });
    await desk.tell('intake.administrator', `/intake/complaints/${receipt.id}/close`, {});
    return closes(desk, receipt, 'unfounded');
  },
};
