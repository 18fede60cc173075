import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CaseEvent } from '../replay/recorded-event.js';

/** A gateway stand-in over given logs: the case events and logs of each department, and lists that are set. */
export interface GatewayDouble {
  readonly url: string;
  readonly logs: Record<string, CaseEvent[]>;
  readonly away: Set<string>;
  /** Departments that take a request and never answer. */
  readonly hung: Set<string>;
  /** Path with query to body, asked before the logs. */
  readonly answers: Map<string, { readonly status: number; readonly body: unknown }>;
  /** `METHOD path` of everything asked. */
  readonly asked: string[];
  close(): Promise<void>;
}

type Reply = { readonly status: number; readonly body: unknown };

export async function gatewayDouble(): Promise<GatewayDouble> {
  const double = { logs: {} as Record<string, CaseEvent[]>, away: new Set<string>(), hung: new Set<string>(), answers: new Map<string, Reply>(), asked: [] as string[] };
  const server = createServer((request, response) => {
    double.asked.push(`${request.method} ${request.url}`);
    if (double.hung.has((request.url ?? '').split('/')[1] ?? '')) return;
    const { status, body } = answer(double, request.url ?? '', request.headers.authorization);
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { ...double, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

function answer({ logs, away, answers }: Pick<GatewayDouble, 'logs' | 'away' | 'answers'>, path: string, authorization?: string): Reply {
  if (authorization !== 'Bearer good') return { status: 401, body: { code: 'token-invalid', detail_en: 'The token is not valid.' } };
  const url = new URL(path, 'http://x');
  const [, department = '', place = '', caseId = ''] = url.pathname.split('/');
  if (away.has(department)) return { status: 503, body: { code: 'service-unavailable' } };
  const set = answers.get(path);
  if (set) return set;
  const from = Number(url.searchParams.get('from'));
  const limit = Number(url.searchParams.get('limit'));
  const log = (logs[department] ?? []).filter(({ index }) => index >= from);
  const all = place === 'cases' ? log.filter(({ correlationId }) => correlationId === caseId) : log;
  const items = all.slice(0, limit);
  return { status: 200, body: { items, next: all.length > limit ? (items.at(-1)?.index ?? 0) + 1 : null, head: logs[department]?.length ?? 0 } };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
