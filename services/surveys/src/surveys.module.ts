import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { CallbackController } from './callback/callback.controller.js';
import { callback } from './callback/callback.decide.js';
import { callbackView } from './callback/callback.view.js';
import { SatisfactionController } from './callback/satisfaction.controller.js';
import { satisfactionView } from './callback/satisfaction.view.js';
import { WhenCaseClosedWithdrawTheCallback } from './reactions/when-case-closed-withdraw-the-callback.js';
import { WhenComplaintRegisteredExpectACallback } from './reactions/when-complaint-registered-expect-a-callback.js';
import { WhenOutcomeCommunicatedScheduleTheCallback } from './reactions/when-outcome-communicated-schedule-the-callback.js';

/** 回访 */
export const surveys = defineDepartment({
  name: 'surveys', module: import.meta.url,
  aggregates: [callback],
  views: [callbackView, satisfactionView],
  controllers: [CallbackController, SatisfactionController],
  reactions: [WhenPolicyAdoptedNoteIt, WhenComplaintRegisteredExpectACallback, WhenOutcomeCommunicatedScheduleTheCallback, WhenCaseClosedWithdrawTheCallback],
});
