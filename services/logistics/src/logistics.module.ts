import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { lotNote } from './lot-note/lot-note.decide.js';
import { WhenExchangeApprovedReserveItOnTheAccount } from './reactions/when-exchange-approved-reserve-it-on-the-account.js';
import { WhenExchangeStockedInNoteItOnTheAccount } from './reactions/when-exchange-stocked-in-note-it-on-the-account.js';
import { WhenHandlingPlanFixedRequestTheReturn } from './reactions/when-handling-plan-fixed-request-the-return.js';
import { WhenLotRegisteredNoteItsExpiry } from './reactions/when-lot-registered-note-its-expiry.js';
import { WhenResumeSaleOrderedReleaseTheLot } from './reactions/when-resume-sale-ordered-release-the-lot.js';
import { WhenSaleRecordedNoteThePurchase } from './reactions/when-sale-recorded-note-the-purchase.js';
import { WhenStopSaleOrderedHoldTheLot } from './reactions/when-stop-sale-ordered-hold-the-lot.js';
import { RepairItemController } from './repair-item/repair-item.controller.js';
import { repairItem } from './repair-item/repair-item.decide.js';
import { repairItemView } from './repair-item/repair-item.view.js';
import { ReturnController } from './return/return.controller.js';
import { returns } from './return/return.decide.js';
import { returnView } from './return/return.view.js';
import { TradingAccountController } from './trading-account/trading-account.controller.js';
import { tradingAccount } from './trading-account/trading-account.decide.js';
import { tradingAccountView } from './trading-account/trading-account.view.js';
import { WarehouseHoldController } from './warehouse-hold/warehouse-hold.controller.js';
import { warehouseHold } from './warehouse-hold/warehouse-hold.decide.js';
import { warehouseHoldView } from './warehouse-hold/warehouse-hold.view.js';

/** 物流 */
export const logistics = defineDepartment({
  name: 'logistics', module: import.meta.url,
  aggregates: [returns, warehouseHold, tradingAccount, lotNote, repairItem],
  views: [returnView, warehouseHoldView, tradingAccountView, repairItemView],
  controllers: [ReturnController, WarehouseHoldController, TradingAccountController, RepairItemController],
  reactions: [WhenPolicyAdoptedNoteIt,
    WhenHandlingPlanFixedRequestTheReturn, WhenStopSaleOrderedHoldTheLot, WhenResumeSaleOrderedReleaseTheLot, WhenLotRegisteredNoteItsExpiry,
    WhenSaleRecordedNoteThePurchase, WhenExchangeApprovedReserveItOnTheAccount, WhenExchangeStockedInNoteItOnTheAccount,
  ],
});
