import { defineDepartment } from 'aftercare/service-host';
import { ApprovalController } from './approval/approval.controller.js';
import { approval } from './approval/approval.decide.js';
import { approvalView } from './approval/approval.view.js';
import { WhenHandlingPlanFixedProposeOrAwaitTheCompensation } from './reactions/when-handling-plan-fixed-propose-or-await-the-compensation.js';
import { WhenReturnFailedLetTheCompensationLapse } from './reactions/when-return-failed-let-the-compensation-lapse.js';
import { WhenReturnStockedInProposeTheCompensation } from './reactions/when-return-stocked-in-propose-the-compensation.js';

/** 审批 */
export const billing = defineDepartment({
  name: 'billing',
  aggregates: [approval],
  views: [approvalView],
  controllers: [ApprovalController],
  reactions: [
    WhenHandlingPlanFixedProposeOrAwaitTheCompensation, WhenReturnStockedInProposeTheCompensation, WhenReturnFailedLetTheCompensationLapse,
  ],
});
