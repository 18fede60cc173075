import { StoreUnavailable, type EventStore } from 'aftercare/event-store';
import type { Time } from 'aftercare/messaging';
import type { World } from './world.js';

const GATED = new Set(['append', 'findCommand', 'readStream', 'readLog', 'head', 'inboxPosition', 'inboxSeen', 'markInbox', 'quarantine', 'quarantined']);

/** One life of a department, from a start to a crash. Whatever it still waits for when it dies never comes. */
export class Incarnation {
  isAlive = true;
  readonly time: Time;

  constructor(readonly world: World, readonly department: string) {
    const { time } = world;
    const ifAlive = (then: () => void) => (): void => { if (this.isAlive) then(); };
    this.time = {
      now: () => time.now() + world.clockOf(department),
      after: (ms, then) => time.after(ms, ifAlive(then)),
      soon: (then) => time.soon(ifAlive(then)),
    };
  }

  /** Something outside the program: time passes before and after it, and the department may die at either point. */
  async call<T>(effect: () => T | Promise<T>): Promise<T> {
    await this.step();
    let failure: unknown = null;
    let result: T | null = null;
    try {
      result = await effect();
    } catch (error) {
      failure = error;
    }
    await this.step();
    if (failure !== null) throw failure;
    return result as T;
  }

  /** Answers never when the department dies here. */
  step(ms = this.world.stepMs()): Promise<void> {
    return new Promise((done) => {
      this.world.time.after(ms, () => {
        if (this.isAlive && !this.world.diesHere(this)) done();
      });
    });
  }

  /** The department's store as this life reaches it. The disk may refuse, before or after it did what was asked. */
  storeOf(store: EventStore): EventStore {
    const gated = (name: string, method: (...args: unknown[]) => Promise<unknown>) => (...args: unknown[]) => this.call(async () => {
      const refuses = this.world.storeRefuses(this.department);
      if (refuses === 'before') throw new StoreUnavailable('away');
      const answer = await method.apply(store, args);
      if (refuses === 'after' && name !== 'readLog') throw new StoreUnavailable('away');
      return answer;
    });
    return new Proxy(store, {
      get: (target, member) => {
        if (member === 'subscribe') return (wake: (head: number) => void) => store.subscribe((head) => { if (this.isAlive) wake(head); });
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== 'function') return value;
        return GATED.has(String(member)) ? gated(String(member), value as (...args: unknown[]) => Promise<unknown>) : value.bind(target);
      },
    });
  }
}
