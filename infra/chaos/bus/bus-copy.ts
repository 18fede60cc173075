import type { NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import type { EventStore } from 'aftercare/event-store';
import { streamNameOf } from 'aftercare/messaging';
import type { Violation } from 'aftercare/testing';

const PAGE = 1_000;
const AT_ONCE = 50;

/** The copy of a log on the bus, byte by byte beside the log; the first difference. */
export async function copyViolations(connection: NatsConnection, name: string, store: EventStore): Promise<Violation[]> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 5_000 });
  const stream = streamNameOf(name);
  const isHeld = async ({ index, bytes }: { index: number; bytes: Uint8Array }): Promise<boolean> => {
    const held = await manager.streams.getMessage(stream, { seq: index + 1 }).catch(() => null);
    return held !== null && Buffer.from(held.data).equals(bytes);
  };
  const head = await store.head();
  for (let from = 0; from < head;) {
    const page = await store.readLog(from, PAGE);
    if (page.length === 0) break;
    for (let first = 0; first < page.length; first += AT_ONCE) {
      const same = await Promise.all(page.slice(first, first + AT_ONCE).map(isHeld));
      if (same.includes(false)) return [{ rule: 'copy-differs', what: `${name} at index ${from + first + same.indexOf(false)}` }];
    }
    from += page.length;
  }
  const held = (await manager.streams.info(stream)).state.last_seq;
  return held === head ? [] : [{ rule: 'copy-differs', what: `${name}: ${held} on the bus, ${head} in the log` }];
}
