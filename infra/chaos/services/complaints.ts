import { setTimeout as pause } from 'node:timers/promises';
import type { EffectRule, Ending, History, LogEntry, Seeded } from 'aftercare/testing';
import type { Company } from './company.js';

const TRIES = 40;
const is = (log: string, type: string) => (entry: LogEntry): boolean => entry.log === log && entry.type === type;

/** What follows from a complaint about a product without anybody's doing, department after department. */
export const CHAIN: readonly EffectRule[] = [
  { name: 'a classified complaint opens an investigation', cause: is('intake', 'ComplaintClassified'), effect: is('quality', 'InvestigationOpened') },
  { name: 'an investigation stops the sale of the lot', cause: is('quality', 'InvestigationOpened'), effect: is('quality', 'StopSaleOrdered') },
  { name: 'a stopped sale holds the lot in the warehouse', cause: is('quality', 'StopSaleOrdered'), effect: is('logistics', 'OutboundHoldPlaced') },
  { name: 'quality notes the hold', cause: is('logistics', 'OutboundHoldPlaced'), effect: is('quality', 'WarehouseHoldNoted') },
  { name: 'a registered complaint expects a callback', cause: is('intake', 'ComplaintRegistered'), effect: is('surveys', 'CallbackExpected') },
];

/** Everything that the registration of a classified complaint records at once, in this order, on a stream of its own. */
export const REGISTRATION = ['ComplaintRegistered', 'ComplaintClassified', 'PolicyVersionKept', 'DeadlinesSet'] as const;

/** Only the first event carries the row of the register; the others of the same command are known by their place in its stream. */
export function withOperations(log: readonly LogEntry[]): LogEntry[] {
  const rows = new Map(log.filter(({ type, version }) => type === REGISTRATION[0] && version === 0).map(({ stream, operation }) => [stream, operation]));
  return log.map((entry) => ({ ...entry, operation: REGISTRATION[entry.version] === entry.type ? rows.get(entry.stream) ?? null : null }));
}

/** The row of the register names the operation: it stands in the log in plain words. */
export function operationIn(data: object): string | null {
  const source = 'source' in data ? data.source : null;
  return typeof source === 'object' && source !== null && 'row' in source && typeof source.row === 'string' ? source.row : null;
}

/** One client at the counter until stopped: registers complaints, repeats under the same key what got no answer, gives up now and then. */
export async function registerComplaints(company: Company, history: History, client: string, random: Seeded, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    const id = history.begin(client, REGISTRATION.length);
    const body = random.chance(0.12) ? withoutLot(id) : complaintOf(id);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const ending = await ask(company, id, body);
      if (ending !== 'unknown') {
        history.end(id, ending);
        break;
      }
      if (random.chance(0.1)) break;
      await pause(random.int(20, 250));
    }
    await pause(random.int(10, 150));
  }
}

async function ask(company: Company, id: string, body: object): Promise<Ending> {
  const answer = await company.tell('intake', 'intake.clerk', '/complaints', body, id).catch(() => null);
  if (answer === null || answer.status >= 500) return 'unknown';
  if (answer.status < 300) return 'ok';
  if (answer.status === 422 || answer.status === 409) return 'fail';
  throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** @param awareMs how long ago the company came to know of it */
export function complaintOf(id: string, awareMs = 60_000) {
  return {
    channel: 'hotline', awareAt: new Date(Date.now() - awareMs).toISOString(), locality: 'local', complainant: '王护士长', phone: '13900000000',
    subject: '输液泵误报警', description: '夜班时反复误报警,已停用。', demand: '换货并说明原因', source: { register: 'chaos', row: id },
    classification: {
      class: 'product-quality',
      goods: {
        productCode: 'DV-100', productName: '输液泵 Infusion pump', model: 'A2', lot: `LOT-${id}`, manufacturedOn: '2026-01-05', arrivedOn: '2026-02-03',
        expiresOn: '2036-06-30', quantity: 2,
      },
    },
  };
}

/** A complaint about quality that names no lot is refused, and must not be found afterwards. */
function withoutLot(id: string): object {
  const complaint = complaintOf(id);
  return { ...complaint, classification: { ...complaint.classification, goods: { productName: '输液泵 Infusion pump', quantity: 1 } } };
}
