import type { EventStore } from '../port.js';
import { appendsContract } from './appends.contract.js';
import { asOfContract } from './as-of.contract.js';
import { atRestContract } from './at-rest.contract.js';
import { crashContract } from './crash.contract.js';
import { inboxContract } from './inbox.contract.js';
import { longStreamContract } from './long-stream.contract.js';
import { modelContract } from './model.contract.js';
import type { Current, Engine, Place } from './place.js';
import { racesContract } from './races.contract.js';
import { readsContract } from './reads.contract.js';
import { refusalsContract } from './refusals.contract.js';
import { subscribeContract } from './subscribe.contract.js';
import { transferContract } from './transfer.contract.js';

/** One promise, tried at a place of its own. */
export interface Check {
  readonly promise: string;
  /** Rejects when the engine breaks the promise. */
  readonly run: () => Promise<void>;
  readonly timeoutMs: number;
}

const USUALLY_ENOUGH_MS = 30_000;

/** All that an engine promises, apart from any test runner, so that the checks can themselves be tried on broken engines. */
export function checksOf(engine: Engine): readonly Check[] {
  const checks: Check[] = [];
  const current = new Visit(engine);
  const it = (promise: string, body: () => Promise<void>, timeoutMs = USUALLY_ENOUGH_MS): void => {
    checks.push({ promise, timeoutMs, run: () => current.during(body) });
  };
  appendsContract(it, current, engine.durable);
  racesContract(it, current);
  readsContract(it, current);
  asOfContract(it, current, engine.durable);
  longStreamContract(it, current, engine.longStream);
  subscribeContract(it, current);
  inboxContract(it, current, engine.durable);
  refusalsContract(it, current);
  crashContract(it, current, engine);
  atRestContract(it, current, engine);
  transferContract(it, current, engine);
  modelContract(it, engine);
  return checks;
}

class Visit implements Current {
  private at: Place | null = null;
  private opened: EventStore | null = null;

  constructor(private readonly engine: Engine) {}

  get store(): EventStore {
    if (!this.opened) throw new Error('no check is running');
    return this.opened;
  }

  get place(): Place {
    if (!this.at) throw new Error('no check is running');
    return this.at;
  }

  async reopen(now?: () => string): Promise<EventStore> {
    return this.replace((place) => place.open(now));
  }

  async replace(open: (place: Place) => Promise<EventStore>): Promise<EventStore> {
    await this.store.close();
    this.opened = await open(this.place);
    return this.opened;
  }

  async during(body: () => Promise<void>): Promise<void> {
    this.at = this.engine.newPlace();
    try {
      this.opened = await this.at.open();
      await body();
    } finally {
      await this.opened?.close();
      this.opened = null;
      await this.at.remove();
    }
  }
}
