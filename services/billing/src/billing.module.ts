import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { AllowanceController } from './allowance/allowance.controller.js';
import { allowance } from './allowance/allowance.decide.js';
import { allowanceView } from './allowance/allowance.view.js';
import { ApprovalController } from './approval/approval.controller.js';
import { approval } from './approval/approval.decide.js';
import { approvalView } from './approval/approval.view.js';
import { ConductController } from './conduct/conduct.controller.js';
import { conduct } from './conduct/conduct.decide.js';
import { conductView } from './conduct/conduct.view.js';
import { CostController } from './cost/cost.controller.js';
import { cost } from './cost/cost.decide.js';
import { costView } from './cost/cost.view.js';
import { DeputyController } from './deputy/deputy.controller.js';
import { deputies } from './deputy/deputy.decide.js';
import { deputyView } from './deputy/deputy.view.js';
import { IncentiveController } from './incentive/incentive.controller.js';
import { incentive } from './incentive/incentive.decide.js';
import { incentiveView } from './incentive/incentive.view.js';
import { YearAwardController } from './incentive/year-award.controller.js';
import { WhenAllowanceAnsweredCountTheSignature } from './reactions/when-allowance-answered-count-the-signature.js';
import { WhenApprovalExpiredLetItLapse } from './reactions/when-approval-expired-let-it-lapse.js';
import { WhenApprovalSignedAskTheAllowance } from './reactions/when-approval-signed-ask-the-allowance.js';
import { WhenConductRecordedProposeTheIncentive } from './reactions/when-conduct-recorded-propose-the-incentive.js';
import { WhenComplaintConcernsStaffNoteIt } from './reactions/when-complaint-concerns-staff-note-it.js';
import { WhenHandlingPlanFixedProposeOrAwaitTheCompensation } from './reactions/when-handling-plan-fixed-propose-or-await-the-compensation.js';
import { WhenReturnFailedLetTheCompensationLapse } from './reactions/when-return-failed-let-the-compensation-lapse.js';
import { WhenReturnStockedInProposeTheCompensation } from './reactions/when-return-stocked-in-propose-the-compensation.js';

/** 审批 */
export const billing = defineDepartment({
  name: 'billing', module: import.meta.url,
  aggregates: [approval, allowance, deputies, conduct, incentive, cost],
  views: [approvalView, allowanceView, deputyView, conductView, incentiveView, costView],
  controllers: [
    ApprovalController, AllowanceController, DeputyController, ConductController, IncentiveController, YearAwardController, CostController,
  ],
  reactions: [
    WhenComplaintConcernsStaffNoteIt, WhenConductRecordedProposeTheIncentive, WhenPolicyAdoptedNoteIt,
    WhenHandlingPlanFixedProposeOrAwaitTheCompensation, WhenReturnStockedInProposeTheCompensation, WhenReturnFailedLetTheCompensationLapse,
    WhenApprovalSignedAskTheAllowance, WhenAllowanceAnsweredCountTheSignature, WhenApprovalExpiredLetItLapse,
  ],
});
