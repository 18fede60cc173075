/**
 * Appends to one log until it is killed, and says on stdout what it begins and how that ended. Told by its argument,
 * a `WriterOrder` in JSON. Only so much of the product is loaded as an append needs, because a kill costs one start.
 */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, StoreUnavailable, type AppendRequest, type EventStore } from 'aftercare/event-store';
import { Appends } from './writer-appends.js';
import type { WriterOrder } from './writer-order.js';
import { planted } from './writer-plants.js';

const order = JSON.parse(process.argv[2] ?? '') as WriterOrder;
const tell = (line: string): void => { writeSync(1, `${line}\n`); };

const store = planted(order.planted, await openStore(order.setting, { log: order.log, dataDir: order.dataDir }));
tell('open');
const appends = new Appends(order);
for (const request of appends.repeats()) await attempt(store, request);
await Promise.all(Array.from({ length: order.writers }, (_, writer) => writeOn(writer)));
await store.close();

async function writeOn(writer: number): Promise<void> {
  for (let count = 0; count < order.appends; count += 1) {
    const request = appends.next(writer, count);
    if (!await attempt(store, request)) return;
    if (appends.repeatsAtOnce(count)) await attempt(store, request);
  }
}

/** False when the log takes nothing more. */
async function attempt(log: EventStore, request: AppendRequest): Promise<boolean> {
  tell(`begin ${request.commandId} ${request.events.length}`);
  try {
    const { outcome } = await log.append(request);
    tell(`${outcome === 'appended' || outcome === 'repeated' ? 'ok' : 'fail'} ${request.commandId}`);
    return true;
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    tell(`unknown ${request.commandId}`);
    if (!log.status().accepting) return false;
    await pause(5);
    return true;
  }
}
