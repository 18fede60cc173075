import { DEALER, PHARMACY, PUMP, sellALot } from '../company.js';
import { approveCompensation, bringGoodsBack, callBack, carryOutAndTell, closes, complainAboutAPump, fixPlan, investigate, judgeValid, lotIsStopped, takeIntoStock } from './chapters.js';
import type { Story } from './story.js';

/** The main way: intake, quality, logistics, billing, surveys. */
export const aDefectivePumpComesBackAndIsCompensated: Story = {
  name: 'a defective pump comes back and is compensated',
  async tell(desk, id) {
    const lot = await sellALot(desk, PUMP.productCode, `L-${id}`);
    const receipt = await complainAboutAPump(desk, lot);
    await lotIsStopped(desk, lot, [PHARMACY, DEALER]);
    await investigate(desk, receipt.id, 'nonconforming');
    await judgeValid(desk, receipt.id);
    await fixPlan(desk, receipt.id, ['exchange', 'apology'], 100_000);
    await bringGoodsBack(desk, `${receipt.id}.1`, 2);
    await takeIntoStock(desk, `${receipt.id}.1`, 2);
    await approveCompensation(desk, `${receipt.id}.1`, 100_000);
    await carryOutAndTell(desk, receipt.id);
    await callBack(desk, receipt.id, 'satisfied', 1);
    return closes(desk, receipt, 'satisfied');
  },
};
