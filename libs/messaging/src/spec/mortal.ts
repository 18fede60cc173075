import type { EventStore } from 'aftercare/event-store';
import type { Delivery } from '../delivery.js';
import type { FeedTarget, LogOwner, OwnStreamAccess, SourceFeed } from '../ports.js';
import type { Time } from '../time.js';

/** Whether the call in which the process dies still has its effect on the other side. */
export type LastCall = 'lost' | 'kept';

const never = new Promise<never>(() => undefined);

/**
 * A process that dies in its n-th awaited call. Whatever it was given through `store`, `stream`, `feed`, `owner` and
 * `time` neither answers it nor listens to it afterwards: no line of it runs that would have an effect.
 */
export class Mortal {
  private calls = 0;
  private isDead = false;
  private readonly cut = new AbortController();

  constructor(private readonly diesAt: number, private readonly lastCall: LastCall) {}

  get callCount(): number {
    return this.calls;
  }

  get died(): boolean {
    return this.isDead;
  }

  /** The port as this process sees it: its asynchronous methods count and can be the last. */
  store(port: EventStore): EventStore {
    return this.counting(port, ['log', 'subscribe', 'status', 'transfer']);
  }

  stream(port: OwnStreamAccess): OwnStreamAccess {
    return {
      isConnected: () => port.isConnected(),
      open: stopped => this.counted(() => port.open(stopped).then(stream => stream && this.counting(stream, ['leave']))),
    };
  }

  owner(port: LogOwner): LogOwner {
    return this.counting(port, []);
  }

  feed(port: SourceFeed): SourceFeed {
    return {
      newest: () => this.counted(() => port.newest()),
      run: (target, stopped) => this.counted(() => port.run(this.target(target), AbortSignal.any([stopped, this.cut.signal]))),
    };
  }

  time(time: Time): Time {
    const unlessDead = (then: () => void) => () => { if (!this.isDead) then(); };
    return {
      now: () => time.now(),
      after: (ms, then) => time.after(ms, unlessDead(then)),
      soon: then => time.soon(unlessDead(then)),
    };
  }

  async counted<T>(call: () => Promise<T>): Promise<T> {
    if (this.isDead) return never;
    this.calls++;
    if (this.calls === this.diesAt) {
      this.isDead = true;
      if (this.lastCall === 'kept') void call().catch(() => undefined);
      this.cut.abort();
      return never;
    }
    const answer = await call();
    return this.isDead ? never : answer;
  }

  private counting<T extends object>(port: T, uncounted: readonly string[]): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        const call = member.bind(target) as (...values: unknown[]) => unknown;
        if (uncounted.includes(String(name))) return (...values: unknown[]) => this.isDead ? undefined : call(...values);
        return (...values: unknown[]) => this.counted(async () => call(...values));
      },
    });
  }

  private target(target: FeedTarget): FeedTarget {
    return {
      begin: () => { if (!this.isDead) target.begin(); },
      beat: () => { if (!this.isDead) target.beat(); },
      take: delivery => this.isDead ? never : this.counted(() => target.take(this.delivery(delivery))),
    };
  }

  private delivery({ seq, data, ack, nak, working }: Delivery): Delivery {
    const unlessDead = <A extends unknown[]>(answer: (...values: A) => void) => (...values: A) => { if (!this.isDead) answer(...values); };
    return { seq, data, ack: unlessDead(ack), nak: unlessDead(nak), working: unlessDead(working) };
  }
}
