import { join } from 'node:path';
import { DEPARTMENTS } from '../launcher/departments.js';
import type { RunState } from '../launcher/run-state.js';
import { withoutCredentials } from '../nats/without-credentials.js';
import { facts } from './table.js';

const CHINESE: Readonly<Record<string, string>> = {
  registry: '档案', intake: '受理', quality: '质量', logistics: '物流', billing: '审批', surveys: '回访', gateway: '网关',
};

/** `受理 intake`. */
export function departmentName(name: string): string {
  const chinese = CHINESE[name];
  return chinese ? `${chinese} ${name}` : name;
}

/** What a person needs once everything runs; `tookMs` null when it ran already. */
export function whereEverythingIs(state: RunState, tookMs: number | null, detached: boolean): string {
  const docs = DEPARTMENTS.filter((name) => state.services[name]).map((name) => [departmentName(name), `${state.services[name]}/docs`] as const);
  return [
    `Aftercare runs${tookMs === null ? '' : `, ready after ${(tookMs / 1_000).toFixed(1)} s`}.`,
    '',
    facts([['Gateway', state.gatewayUrl], ['Message bus', withoutCredentials(state.natsUrl)], ['Data', state.dataDir], ['Logs', join(state.dataDir, 'logs')]]),
    '',
    'API documents:',
    facts(docs),
    '',
    facts([
      ['Sign in', 'npx aftercare token --role intake.clerk'],
      ['Look', 'npx aftercare status | case list | tail'],
      ['Stop', detached ? 'npx aftercare down' : 'Ctrl-C, or npx aftercare down elsewhere'],
    ]),
  ].join('\n');
}
