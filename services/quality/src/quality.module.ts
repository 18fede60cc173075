import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { InvestigationController } from './investigation/investigation.controller.js';
import { investigation } from './investigation/investigation.decide.js';
import { ledgerView } from './investigation/investigation.view.js';
import { ReactionReportController } from './reaction-report/reaction-report.controller.js';
import { reactionReport } from './reaction-report/reaction-report.decide.js';
import { reactionReportView } from './reaction-report/reaction-report.view.js';
import { WhenCaseReopenedTakeUpTheNextRound } from './reactions/when-case-reopened-take-up-the-next-round.js';
import { WhenComplaintClassifiedInvestigateProductQuality } from './reactions/when-complaint-classified-investigate-product-quality.js';
import { WhenComplaintClassifiedRegisterTheAdverseReaction } from './reactions/when-complaint-classified-register-the-adverse-reaction.js';
import { WhenComplaintJudgedUnfoundedWithdrawTheInvestigation } from './reactions/when-complaint-judged-unfounded-withdraw-the-investigation.js';
import { WhenInvestigationOpenedHoldTheLot } from './reactions/when-investigation-opened-hold-the-lot.js';
import { WhenSalesBlockMovedTellTheOtherBuyers } from './reactions/when-sales-block-moved-tell-the-other-buyers.js';
import { WhenVerdictReachedConfirmTheStopSaleOrLetTheLotGo } from './reactions/when-verdict-reached-confirm-the-stop-sale-or-let-the-lot-go.js';
import { WhenWarehouseHeldOrReleasedTheLotNoteIt } from './reactions/when-warehouse-held-or-released-the-lot-note-it.js';
import { StopSaleController } from './stop-sale/stop-sale.controller.js';
import { stopSale } from './stop-sale/stop-sale.decide.js';
import { stopSaleView } from './stop-sale/stop-sale.view.js';

/** 质量 */
export const quality = defineDepartment({
  name: 'quality', module: import.meta.url,
  aggregates: [investigation, stopSale, reactionReport],
  views: [ledgerView, stopSaleView, reactionReportView],
  controllers: [InvestigationController, StopSaleController, ReactionReportController],
  reactions: [WhenPolicyAdoptedNoteIt,
    WhenComplaintClassifiedInvestigateProductQuality, WhenComplaintClassifiedRegisterTheAdverseReaction,
    WhenComplaintJudgedUnfoundedWithdrawTheInvestigation, WhenCaseReopenedTakeUpTheNextRound, WhenInvestigationOpenedHoldTheLot,
    WhenVerdictReachedConfirmTheStopSaleOrLetTheLotGo, WhenSalesBlockMovedTellTheOtherBuyers, WhenWarehouseHeldOrReleasedTheLotNoteIt,
  ],
});
