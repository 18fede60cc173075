import { PUMP, sellALot } from '../company.js';
import { bringGoodsBack, callBack, carryOutAndTell, closes, complainAboutAPump, fixPlan, investigate, judgeValid } from './chapters.js';
import type { Story } from './story.js';

/** The customer dropped it: quality refuses in writing, the concession lapses, the plan is fixed anew. */
export const aDamagedReturnIsRefusedInWriting: Story = {
  name: 'a damaged return is refused in writing',
  async tell(desk, id) {
    const lot = await sellALot(desk, PUMP.productCode, `D-${id}`);
    const receipt = await complainAboutAPump(desk, lot);
    await investigate(desk, receipt.id, 'nonconforming');
    await judgeValid(desk, receipt.id);
    await fixPlan(desk, receipt.id, ['return'], 50_000);
    await bringGoodsBack(desk, `${receipt.id}.1`, 2);
    await desk.tell('logistics.quality', `/logistics/returns/${receipt.id}.1/inspection/refusal`, { customerDamage: true, statement: '外壳有跌落裂痕,非产品缺陷。' });
    await desk.until('intake.administrator', `/intake/complaints/${receipt.id}`, 'both remedies settled', ({ state }) => state['setBack'] === true && (state['outstanding'] as string[]).length === 0);
    await fixPlan(desk, receipt.id, ['explanation', 'apology'], null);
    await carryOutAndTell(desk, receipt.id);
    await callBack(desk, receipt.id, 'satisfied', 1);
    return closes(desk, receipt, 'satisfied');
  },
};
