import type { CaseEvent } from './recorded-event.js';

/** The same event with the names of its personal fields and without their texts. */
export function withoutTexts(event: CaseEvent): object {
  const { personal, ...rest } = event;
  return { ...rest, personal: personal && { subject: personal.subject, fields: Object.keys(personal.fields) } };
}
