import type { Delivery } from './delivery.js';
import { systemTime, type Time } from './time.js';

interface Taken {
  readonly delivery: Delivery;
  isSettled: boolean;
}

/**
 * Acknowledges once for many: the server takes the ack of a message for all before it, so that only the last one of
 * those that are settled without a break is answered. What is acked too late is handed out again and recognised by the
 * inbox, which is the truth; what is acked too early could be lost, hence never past a message that is still open, be it
 * one that was handed to an earlier session and comes to this one only when its time is up.
 * One lives as long as a session: the stream of the next may be a new one, where the same sequence is another message.
 */
export class AckPrefix {
  private readonly taken = new Map<number, Taken>();
  private isScheduled = false;
  /** Last sequence of those without a break that are settled or dealt with. */
  private end = 0;

  /** @param dealtWith sequence up to which nothing is open, whoever it was handed to */
  constructor(private readonly time: Time = systemTime, private readonly dealtWith: () => number = () => 0) {}

  /** A repeated delivery takes the place of the first: the server knows the message by its last handing-over. */
  take(delivery: Delivery): void {
    this.taken.set(delivery.seq, { delivery, isSettled: false });
  }

  settle(delivery: Delivery): void {
    const known = this.taken.get(delivery.seq);
    if (known?.delivery !== delivery) return;
    known.isSettled = true;
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.time.soon(() => this.acknowledge());
  }

  /** Forgets a message that goes back to the server. It lies beyond a missing one, and so beyond every ack until it comes again. */
  leave(delivery: Delivery): void {
    this.taken.delete(delivery.seq);
  }

  /** Tells the server that work goes on, before it hands the messages out again. */
  keepAlive(): void {
    for (const { delivery } of this.taken.values()) delivery.working();
  }

  /** Gives everything unsettled back to the server, for the next start. */
  giveBack(): void {
    this.acknowledge();
    for (const { delivery, isSettled } of this.taken.values()) if (!isSettled) delivery.nak();
    this.taken.clear();
  }

  private acknowledge(): void {
    this.isScheduled = false;
    this.end = Math.max(this.end, this.dealtWith());
    while (this.taken.get(this.end + 1)?.isSettled) this.end += 1;
    let last: Delivery | null = null;
    for (const [sequence, { delivery, isSettled }] of this.taken) {
      if (sequence > this.end || !isSettled) continue;
      this.taken.delete(sequence);
      if (!last || sequence > last.seq) last = delivery;
    }
    last?.ack();
  }
}
