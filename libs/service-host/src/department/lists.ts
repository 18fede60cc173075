import { Injectable } from '@nestjs/common';
import type { ListQuery, Row, View, Views } from 'aftercare/projections';
import { open, type SealedFields, type SubjectKeyVault } from 'aftercare/privacy';
import type { FastifyReply } from 'fastify';
import { parseListQuery, sendPage } from '../http/index.js';

/** Personal texts of a row, still sealed, with the event they are bound to. A read model holds nothing else of a person. */
export interface SealedTexts {
  readonly eventId: string;
  readonly fields: SealedFields;
}

/** Keeps the personal part of an event in a row; put it in a `json` column named `personal`. */
export function sealedTexts(event: { readonly id: string; readonly personal: SealedFields | null }): SealedTexts | null {
  return event.personal && { eventId: event.id, fields: event.personal };
}

/** Answers lists of read models, with the texts of each row opened for the reader. */
@Injectable()
export class Lists {
  constructor(private readonly views: Views, private readonly vault: SubjectKeyVault, private readonly log: string) {}

  /** Query parameters as they came; JSON page or streamed CSV, of the rows below a bound where there is one. @throws HttpProblem 400 */
  send<R extends Row>(reply: FastifyReply, view: View<R, never>, parameters: Readonly<Record<string, unknown>>, below: ListQuery['below'] = {}): void {
    const { query, format } = parseListQuery(parameters, view);
    sendPage(reply, this.views, view, { query: { ...query, below }, format }, (row) => this.opened(row));
  }

  private async opened(row: Row): Promise<Row> {
    const personal = row['personal'] as SealedTexts | null | undefined;
    if (!personal) return row;
    const read = await open(this.vault, { log: this.log, eventId: personal.eventId }, personal.fields);
    return { ...row, personal: read?.fields ?? {} };
  }
}
