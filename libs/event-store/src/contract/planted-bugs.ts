import type { AppendRequest, EventStore, EventToAppend, StoredEvent } from '../port.js';

type Over = Partial<EventStore>;

/** Wraps a right store so that it breaks one promise; what it does not name stays right. */
export interface PlantedBug {
  readonly bug: string;
  readonly plant: (store: EventStore) => Over;
}

export function withBug({ plant }: PlantedBug, store: EventStore): EventStore {
  const over = plant(store) as Readonly<Record<string, unknown>>;
  return new Proxy(store, {
    get: (_, name) => {
      if (typeof name === 'string' && name in over) return over[name];
      const value: unknown = Reflect.get(store, name, store);
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(store) : value;
    },
  });
}

const turn = async (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
const versionOf = async (store: EventStore, stream: string): Promise<number> => (await store.readStream(stream, 0, 1_000_000)).length - 1;
const mapped = (over: Partial<AppendRequest>, map: (event: EventToAppend) => EventToAppend, request: AppendRequest): AppendRequest => ({ ...request, ...over, events: request.events.map(map) });

/** What a careless serialiser makes of content that has no faithful form. */
function tamed(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('utf8');
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 || 0 : 0;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object' || depth > 20) return null;
  if (Array.isArray(value)) return Array.from(value, (item) => tamed(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [tamed(name), tamed(member, depth + 1)]));
}

const reads = (store: EventStore, change: (events: readonly StoredEvent[], limit: number) => readonly StoredEvent[]): Over => ({
  readLog: async (from, limit) => change(await store.readLog(from, limit), limit),
  readStream: async (stream, from, limit) => change(await store.readStream(stream, from, limit), limit),
  readCorrelation: async (id, from, limit) => change(await store.readCorrelation(id, from, limit), limit),
});

export const APPEND_BUGS: readonly PlantedBug[] = [
  { bug: 'loses the check of the expected version', plant: (store) => ({
    append: async (request) => {
      const result = await store.append(request);
      return result.outcome === 'conflict' ? store.append({ ...request, expectedVersion: result.actualVersion }) : result;
    } }) },
  { bug: 'checks the version, and writes later', plant: (store) => ({
    append: async (request) => {
      const actualVersion = await versionOf(store, request.stream);
      if (!await store.findCommand(request.commandId) && actualVersion !== request.expectedVersion) return { outcome: 'conflict', actualVersion };
      await turn();
      return store.append({ ...request, expectedVersion: await versionOf(store, request.stream) });
    } }) },
  { bug: 'doubles a repeat', plant: (store) => {
    let n = 0;
    return { append: async (request) => store.append({ ...request, commandId: `${request.commandId}#${n += 1}`.slice(-400), expectedVersion: await store.findCommand(`${request.commandId}#1`) ? await versionOf(store, request.stream) : request.expectedVersion }) };
  } },
  { bug: 'takes a reused command id for a repeat', plant: (store) => ({
    append: async (request) => {
      const result = await store.append(request);
      return result.outcome === 'command-id-reused' ? { ...result, outcome: 'repeated' } : result;
    } }) },
  { bug: 'answers a conflict after it has stored', plant: (store) => ({
    append: async (request) => {
      const result = await store.append(request);
      return result.outcome === 'appended' && request.expectedVersion >= 0 ? { outcome: 'conflict', actualVersion: result.record.version } : result;
    } }) },
  { bug: 'tells the expected version as the actual one', plant: (store) => ({
    append: async (request) => {
      const result = await store.append(request);
      return result.outcome === 'conflict' ? { ...result, actualVersion: request.expectedVersion } : result;
    } }) },
  { bug: 'stores the first event of a late decision', plant: (store) => {
    let n = 0;
    return { append: async (request) => {
      const result = await store.append(request);
      if (result.outcome === 'conflict' && request.events.length > 1) {
        await store.append({ ...request, inbox: undefined, releases: undefined, expectedVersion: result.actualVersion, events: request.events.slice(0, 1), commandId: `half-${n += 1}` });
      }
      return result;
    } };
  } },
  { bug: 'forgets commands that changed nothing', plant: (store) => {
    const forgotten = new Set<string>();
    return {
      findCommand: async (id) => (forgotten.has(id) ? null : store.findCommand(id)),
      append: async (request) => {
        const result = await store.append(request);
        if (request.events.length > 0 || result.outcome === 'conflict') return result;
        forgotten.add(request.commandId);
        return { ...result, outcome: 'appended' };
      },
    };
  } },
  { bug: 'moves the head for a command that changed nothing', plant: (store) => {
    let empty = 0;
    return {
      head: async () => await store.head() + empty,
      append: async (request) => {
        if (request.events.length === 0) empty += 1;
        return store.append(request);
      },
    };
  } },
  { bug: 'stores late what changed meanwhile', plant: (store) => ({ append: async (request) => { await turn(); return store.append(request); } }) },
  { bug: 'answers requests of one turn in the wrong order', plant: (store) => {
    let n = 0;
    return { append: async (request) => {
      if ((n += 1) % 2 === 1) { await turn(); await turn(); }
      return store.append(request);
    } };
  } },
  { bug: 'makes the whole group fail with one', plant: (store) => {
    let group: Promise<unknown>[] = [];
    return { append: async (request) => {
      const mine = store.append(request);
      group.push(mine);
      const all = Promise.allSettled(group);
      await turn();
      group = [];
      if ((await all).some(({ status }) => status === 'rejected')) throw await mine.then(() => new Error('somebody else was refused'), (error: unknown) => error);
      return mine;
    } };
  } },
  { bug: 'takes content that has no faithful form', plant: (store) => ({
    append: async (request) => store.append(mapped({}, (event) => ({ ...event, data: tamed(event.data) as object }), request)) }) },
  { bug: 'puts malformed requests right by itself', plant: (store) => ({
    append: async (request) => store.append({
      ...request, stream: request.stream || 'x', expectedVersion: Math.max(-1, Math.floor(request.expectedVersion)), commandId: request.commandId.slice(0, 400), fingerprint: request.fingerprint || 'f',
      inbox: request.inbox && { ...request.inbox, index: Math.max(0, request.inbox.index) }, releases: undefined,
    }) }) },
  { bug: 'replaces half a surrogate pair in names', plant: (store) => ({
    append: async (request) => store.append({ ...request, commandId: tamed(request.commandId) as string, stream: tamed(request.stream) as string, fingerprint: tamed(request.fingerprint) as string }) }) },
  { bug: 'loses the mark of an append', plant: (store) => ({ append: async (request) => store.append({ ...request, inbox: undefined }) }) },
  { bug: 'makes the mark of an append before the append', plant: (store) => ({
    append: async (request) => {
      if (request.inbox) await store.markInbox(request.inbox);
      return store.append(request);
    } }) },
  { bug: 'releases nothing', plant: (store) => ({ append: async (request) => store.append({ ...request, releases: undefined }) }) },
  { bug: 'releases for a decision that was late', plant: (store) => ({
    append: async (request) => {
      if (request.releases) await store.releaseFromQuarantine(request.releases);
      return store.append(request);
    } }) },
  { bug: 'goes on after it was closed', plant: (store) => ({ close: async () => {}, status: () => ({ accepting: true }), head: async () => store.head() }) },
];

export const READ_BUGS: readonly PlantedBug[] = [
  { bug: 'skips an index', plant: (store) => ({
    head: async () => { const head = await store.head(); return head > 1 ? head + 1 : head; },
    ...reads(store, (events) => events.map((each) => (each.index > 0 ? { ...each, index: each.index + 1 } : each))) }) },
  { bug: 'gives one more than asked for', plant: (store) => ({
    readLog: async (from, limit) => store.readLog(from, limit + 1), readStream: async (stream, from, limit) => store.readStream(stream, from, limit + 1),
    readCorrelation: async (id, from, limit) => store.readCorrelation(id, from, limit + 1) }) },
  { bug: 'reads a stream from the start, wherever asked', plant: (store) => ({ readStream: async (stream, _, limit) => store.readStream(stream, 0, limit) }) },
  { bug: 'forgets the last event of a page', plant: (store) => reads(store, (events, limit) => (events.length === limit && limit > 1 ? events.slice(0, -1) : events)) },
  { bug: 'gives the newest first', plant: (store) => reads(store, (events) => [...events].reverse()) },
  { bug: 'takes large and small letters for the same', plant: (store) => ({
    append: async (request) => store.append({ ...request, stream: request.stream.toLowerCase() }),
    readStream: async (stream, from, limit) => store.readStream(stream.toLowerCase(), from, limit) }) },
  { bug: 'normalises text', plant: (store) => ({
    append: async (request) => store.append(mapped({ stream: request.stream.normalize('NFC') }, (event) => ({ ...event, reason: event.reason?.normalize('NFC') ?? null }), request)),
    readStream: async (stream, from, limit) => store.readStream(stream.normalize('NFC'), from, limit) }) },
  { bug: 'ends text at a NUL', plant: (store) => ({
    append: async (request) => store.append(mapped({}, (event) => ({ ...event, reason: event.reason?.split('\u0000')[0] ?? null }), request)) }) },
  { bug: 'does not give back the bytes it was given', plant: (store) => reads(store, (events) => events.map((each) => ({ ...each, bytes: Buffer.from(JSON.stringify(each.event, null, 1)) }))) },
  { bug: 'keeps texts up to 64 KB', plant: (store) => ({ append: async (request) => store.append(mapped({}, (event) => ({ ...event, reason: event.reason?.slice(0, 65_536) ?? null }), request)) }) },
  { bug: 'drops characters beyond the first plane', plant: (store) => ({ append: async (request) => store.append(mapped({}, (event) => ({ ...event, reason: event.reason?.replace(/[\u{10000}-\u{10ffff}]/gu, '?') ?? null }), request)) }) },
  { bug: 'trims and unquotes', plant: (store) => ({ append: async (request) => store.append(mapped({}, (event) => ({ ...event, reason: event.reason?.replace(/['"\ufeff\u202e_]/g, '') ?? null }), request)) }) },
  { bug: 'lets a read go without bounds', plant: (store) => ({
    readLog: async (from, limit) => store.readLog(Math.max(0, from), Math.max(0, limit)), readStream: async (stream, from, limit) => store.readStream(stream, from, Math.min(limit, 1e6)),
    readCorrelation: async (id, from, limit) => store.readCorrelation(id, from, Math.ceil(limit)) }) },
  { bug: 'counts only what was recorded before the instant', plant: (store) => ({
    headAt: async (instant) => store.headAt(new Date(Date.parse(instant) - 1).toISOString().replace('+0', '')) }) },
  { bug: 'knows only the present', plant: (store) => ({ headAt: async () => store.head() }) },
  { bug: 'was never empty', plant: (store) => ({ headAt: async (instant) => Math.max(1, await store.headAt(instant)) }) },
  { bug: 'reads a page with everything before it', plant: (store) => {
    const kept: number[][] = [];
    return { readStream: async (stream, from, limit) => {
      for (let i = 0; i < 5 && limit === 1_000; i += 1) kept.push(Array.from<number>({ length: 1_000_000 }).fill(i));
      return store.readStream(stream, from, limit);
    } };
  } },
];

export const WAKE_BUGS: readonly PlantedBug[] = [
  { bug: 'wakes before the events are there', plant: (store) => {
    const wakes = new Set<(head: number) => void>();
    return {
      subscribe: (wake) => { wakes.add(wake); return () => { wakes.delete(wake); }; },
      append: async (request) => {
        const head = await store.head() + request.events.length;
        for (const wake of wakes) wake(head);
        await turn();
        return store.append(request);
      },
    };
  } },
  { bug: 'wakes nobody after the third time', plant: (store) => {
    let wakes = 0;
    return { subscribe: (wake) => store.subscribe((head) => { if ((wakes += 1) <= 3) wake(head); }) };
  } },
  { bug: 'wakes with a head that is one too far', plant: (store) => ({ subscribe: (wake) => store.subscribe((head) => { wake(head + 1); }) }) },
  { bug: 'wakes with heads in the wrong order', plant: (store) => ({ subscribe: (wake) => store.subscribe((head) => { wake(head); wake(Math.max(1, head - 2)); }) }) },
  { bug: 'wakes who has stopped', plant: (store) => ({ subscribe: (wake) => { store.subscribe(wake); return () => {}; } }) },
  { bug: 'stops all when one stops', plant: (store) => {
    const stops: (() => void)[] = [];
    return { subscribe: (wake) => { stops.push(store.subscribe(wake)); return () => { for (const stop of stops) stop(); }; } };
  } },
];

export const INBOX_BUGS: readonly PlantedBug[] = [
  { bug: 'counts marks instead of following them', plant: (store) => {
    const counts = new Map<string, number>();
    return {
      markInbox: async (mark) => { counts.set(mark.source, (counts.get(mark.source) ?? 0) + 1); return store.markInbox(mark); },
      inboxPosition: async (source) => counts.get(source) ?? 0,
    };
  } },
  { bug: 'believes that nothing was dealt with', plant: () => ({ inboxPosition: async () => 0, inboxSeen: async () => false }) },
  { bug: 'has dealt with everything', plant: () => ({ inboxSeen: async () => true, inboxPosition: async () => 1 }) },
  { bug: 'forgets what was marked ahead', plant: (store) => ({
    markInbox: async (mark) => { if (mark.index <= await store.inboxPosition(mark.source)) await store.markInbox(mark); } }) },
  { bug: 'has one inbox for all sources', plant: (store) => ({
    markInbox: async (mark) => store.markInbox({ ...mark, source: 'all' }), inboxPosition: async () => store.inboxPosition('all') }) },
  { bug: 'quarantines without marking', plant: (store) => ({ inboxPosition: async () => 0, quarantine: async (entry) => store.quarantine(entry) }) },
  { bug: 'keeps the first reason', plant: (store) => ({
    quarantine: async (entry) => {
      if (!(await store.quarantined()).some((kept) => kept.source === entry.source && kept.index === entry.index)) await store.quarantine(entry);
    } }) },
  { bug: 'lists the quarantine by text', plant: (store) => ({
    quarantined: async () => [...await store.quarantined()].sort((a, b) => `${a.source} ${a.index}`.localeCompare(`${b.source} ${b.index}`)) }) },
  { bug: 'keeps quarantined bytes as text', plant: (store) => ({
    quarantine: async (entry) => store.quarantine({ ...entry, bytes: Buffer.from(Buffer.from(entry.bytes).toString('utf8')) }) }) },
  { bug: 'shares the quarantined bytes with the sender', plant: (store) => ({ quarantine: async (entry) => { await turn(); await store.quarantine(entry); } }) },
];

