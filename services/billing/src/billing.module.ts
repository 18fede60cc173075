import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { ApprovalController } from './approval/approval.controller.js';
import { approval } from './approval/approval.decide.js';
import { approvalView } from './approval/approval.view.js';
import { CostController } from './cost/cost.controller.js';
import { cost } from './cost/cost.decide.js';
import { costView } from './cost/cost.view.js';
import { WhenHandlingPlanFixedProposeOrAwaitTheCompensation } from './reactions/when-handling-plan-fixed-propose-or-await-the-compensation.js';
import { WhenReturnFailedLetTheCompensationLapse } from './reactions/when-return-failed-let-the-compensation-lapse.js';
import { WhenReturnStockedInProposeTheCompensation } from './reactions/when-return-stocked-in-propose-the-compensation.js';

/** 审批 */
export const billing = defineDepartment({
  name: 'billing', module: import.meta.url,
  aggregates: [approval, cost],
  views: [approvalView, costView],
  controllers: [ApprovalController, CostController],
  reactions: [WhenPolicyAdoptedNoteIt,
    WhenHandlingPlanFixedProposeOrAwaitTheCompensation, WhenReturnStockedInProposeTheCompensation, WhenReturnFailedLetTheCompensationLapse,
  ],
});
