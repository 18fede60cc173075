import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { AllowanceController } from './allowance/allowance.controller.js';
import { allowance } from './allowance/allowance.decide.js';
import { allowanceView } from './allowance/allowance.view.js';
import { ApprovalController } from './approval/approval.controller.js';
import { approval } from './approval/approval.decide.js';
import { approvalView } from './approval/approval.view.js';
import { CostController } from './cost/cost.controller.js';
import { cost } from './cost/cost.decide.js';
import { costView } from './cost/cost.view.js';
import { DeputyController } from './deputy/deputy.controller.js';
import { deputies } from './deputy/deputy.decide.js';
import { deputyView } from './deputy/deputy.view.js';
import { WhenAllowanceAnsweredCountTheSignature } from './reactions/when-allowance-answered-count-the-signature.js';
import { WhenApprovalExpiredLetItLapse } from './reactions/when-approval-expired-let-it-lapse.js';
import { WhenApprovalSignedAskTheAllowance } from './reactions/when-approval-signed-ask-the-allowance.js';
import { WhenHandlingPlanFixedProposeOrAwaitTheCompensation } from './reactions/when-handling-plan-fixed-propose-or-await-the-compensation.js';
import { WhenReturnFailedLetTheCompensationLapse } from './reactions/when-return-failed-let-the-compensation-lapse.js';
import { WhenReturnStockedInProposeTheCompensation } from './reactions/when-return-stocked-in-propose-the-compensation.js';

/** 审批 */
export const billing = defineDepartment({
  name: 'billing', module: import.meta.url,
  aggregates: [approval, allowance, deputies, cost],
  views: [approvalView, allowanceView, deputyView, costView],
  controllers: [ApprovalController, AllowanceController, DeputyController, CostController],
  reactions: [
    WhenPolicyAdoptedNoteIt,
    WhenHandlingPlanFixedProposeOrAwaitTheCompensation, WhenReturnStockedInProposeTheCompensation, WhenReturnFailedLetTheCompensationLapse,
    WhenApprovalSignedAskTheAllowance, WhenAllowanceAnsweredCountTheSignature, WhenApprovalExpiredLetItLapse,
  ],
});
