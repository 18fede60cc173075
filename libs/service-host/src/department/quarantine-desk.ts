import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { RequestCaller } from 'aftercare/access';
import { QuarantinedMessageDropped } from 'aftercare/contracts';
import type { EventStore, InboxMark, QuarantineEntry } from 'aftercare/event-store';
import { dropsStreamOf, type JetStreamStrategy, type RetryOutcome } from 'aftercare/messaging';
import { uuidv7 } from 'uuidv7';
import { personSignature, type SigningRefusal } from '../signing/person-signature.js';

/** A message in quarantine without its content. */
export interface QuarantinedMessage {
  readonly source: string;
  readonly index: number;
  readonly type: string;
  readonly reason: string;
  /** UTC instant since when. */
  readonly at: string;
  readonly ageSeconds: number;
  readonly bytes: number;
  /** Of its bytes; whoever drops the message repeats it. */
  readonly sha256: string;
}

/** `text` or, for bytes that are no text, `base64`. The personal part of an event stays sealed in either. */
export type ShownMessage = QuarantinedMessage & ({ readonly text: string } | { readonly base64: string });

export interface Drop {
  readonly reason: string;
  readonly sha256: string;
  readonly meaning: 'responsible';
}

export type DropOutcome =
  | { readonly outcome: 'dropped'; readonly index: number; readonly signature: string }
  | { readonly outcome: 'not-quarantined' | SigningRefusal | 'other-content' };

export interface RetryOfSource {
  readonly done: number;
  readonly stillFailing: readonly { readonly index: number; readonly reason: string }[];
}

type Strategy = Pick<JetStreamStrategy, 'retryQuarantined' | 'readQuarantined'>;

const MOST_WRITERS = 20;

/** What people do about messages that no reaction could deal with. One thing at a time: a message is either dealt with or dropped. */
export class QuarantineDesk {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: EventStore, private readonly strategy: Strategy, private readonly now: () => number = Date.now) {}

  async list(filter: { readonly source?: string; readonly type?: string }): Promise<readonly QuarantinedMessage[]> {
    const entries = await this.store.quarantined();
    return entries.filter(({ source, type }) => (filter.source ?? source) === source && (filter.type ?? type) === type).map(entry => this.described(entry));
  }

  async show(mark: InboxMark): Promise<ShownMessage | null> {
    const entry = await this.find(mark);
    if (!entry) return null;
    const bytes = Buffer.from(entry.bytes);
    return { ...this.described(entry), ...(isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }) };
  }

  retry(mark: InboxMark): Promise<RetryOutcome> {
    return this.inTurn(() => this.strategy.retryQuarantined(mark));
  }

  /** In the order of the source's log, because later ones of a case may build on earlier ones. */
  retryAll(source: string): Promise<RetryOfSource> {
    return this.inTurn(async () => {
      const marks = (await this.store.quarantined()).filter(entry => entry.source === source).map(({ index }) => index).sort((a, b) => a - b);
      const stillFailing: { index: number; reason: string }[] = [];
      for (const index of marks) {
        const result = await this.strategy.retryQuarantined({ source, index });
        if (result.outcome === 'still-failing') stillFailing.push({ index, reason: result.reason });
      }
      return { done: marks.length - stillFailing.length, stillFailing };
    });
  }

  /** Records that `signer` answers for not dealing with the message, and takes it out of quarantine in the same transaction. */
  drop(mark: InboxMark, drop: Drop, signer: RequestCaller): Promise<DropOutcome> {
    return this.inTurn(async () => {
      const now = this.now();
      const signed = personSignature(signer, { meaning: drop.meaning, sha256: drop.sha256, now });
      if ('refused' in signed) return { outcome: signed.refused };
      const entry = await this.find(mark);
      if (!entry) return { outcome: 'not-quarantined' };
      if (digestOf(entry) !== drop.sha256) return { outcome: 'other-content' };
      const { signature } = signed;
      const index = await this.record(entry, drop, { signer, signature, at: new Date(now).toISOString() });
      return index === null ? { outcome: 'not-quarantined' } : { outcome: 'dropped', index, signature };
    });
  }

  /** Index of the event; null when somebody else settled the message meanwhile. */
  private async record(entry: QuarantineEntry, { reason, sha256, meaning }: Drop, signed: { signer: RequestCaller; signature: string; at: string }): Promise<number | null> {
    const { source, index, type } = entry;
    const stream = dropsStreamOf(source);
    const read = this.strategy.readQuarantined(entry);
    const event = {
      id: uuidv7(), type: QuarantinedMessageDropped.type, schema: QuarantinedMessageDropped.schema, occurredAt: signed.at,
      actor: { id: signed.signer.id, role: signed.signer.role }, onBehalfOf: null, reason, policy: null, signature: signed.signature, personal: null,
      // A message that can be read belongs to a case, whose replay then shows that one of its events was not dealt with.
      correlationId: read.ok ? read.event.correlationId : stream, causationId: read.ok ? read.event.id : null,
      data: { source, index, type, sha256, quarantinedAt: entry.at, meaning },
    };
    let expectedVersion = -1;
    for (let tries = 0; tries < MOST_WRITERS; tries++) {
      // Another instance of the department may have dealt with it: a drop of what was dealt with would be a false record.
      if ((await this.find(entry))?.at !== entry.at) return null;
      const result = await this.store.append({
        stream, expectedVersion, events: [event], commandId: `quarantine-drop:${source}:${index}:${entry.at}`, fingerprint: sha256, releases: { source, index },
      });
      if (result.outcome === 'appended' || result.outcome === 'repeated') return result.record.firstIndex;
      if (result.outcome === 'command-id-reused') break;
      expectedVersion = result.actualVersion;
    }
    throw new Error(`cannot record the drop of ${source} ${index}`);
  }

  private async find(mark: InboxMark): Promise<QuarantineEntry | undefined> {
    return (await this.store.quarantined()).find(({ source, index }) => source === mark.source && index === mark.index);
  }

  private described(entry: QuarantineEntry): QuarantinedMessage {
    const { source, index, type, reason, at, bytes } = entry;
    const ageSeconds = Math.max(0, Math.floor((this.now() - Date.parse(at)) / 1_000));
    return { source, index, type, reason, at, ageSeconds, bytes: bytes.length, sha256: digestOf(entry) };
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

function digestOf({ bytes }: QuarantineEntry): string {
  return createHash('sha256').update(bytes).digest('hex');
}
