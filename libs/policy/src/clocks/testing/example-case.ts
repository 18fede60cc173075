import type { DeadlineEvent } from 'aftercare/contracts';
import { asStored, refuse, type Decider, type DomainEvent, type Refusal } from 'aftercare/kernel';
import { calendar, plainYear, publishedYears, shanghai } from '../../calendars/testing/shanghai.js';
import type { PolicySet } from '../../policy-set.js';
import type { ClockTerms, WorkCalendar } from '../../terms.js';
import type { ClockKey } from '../../what-is-read.js';
import { isDeadlineEvent } from '../evolving.js';
import type { Timed } from '../running.js';
import type { ClockTable } from '../table.js';
import { withClocks, type ClockCommand, type TimedEvent } from '../timed-aggregate.js';

/** The smallest case with facts that change: it is opened, gets another priority, is answered. */
export type CaseEvent =
  | { readonly type: 'Opened'; readonly data: { readonly awareAt: string; readonly priority: string | null; readonly recallClass: string | null } }
  | { readonly type: 'FactsChanged'; readonly data: { readonly priority: string | null; readonly recallClass: string | null; readonly awareAt?: string } }
  | { readonly type: 'Promised'; readonly data: { readonly dueAt: string } }
  | { readonly type: 'Notified'; readonly data: { readonly notifiedAt?: string } }
  | { readonly type: 'Answered' | 'Withdrawn'; readonly data: Readonly<Record<string, never>> };
export type CaseCommand = { readonly type: 'Record'; readonly events: readonly CaseEvent[] } | { readonly type: 'Refused' };
export interface Facts { readonly priority: string | null; readonly recallClass: string | null; readonly awareAt: string | undefined }

const NOTHING: Facts = { priority: null, recallClass: null, awareAt: undefined };

/** Keys of the example are no keys that the program reads. */
export const key = (name: string): ClockKey => name as ClockKey;

const ofCase: Decider<CaseCommand, Facts, CaseEvent, PolicySet> = {
  initial: NOTHING,
  decide: (command) => (command.type === 'Record' ? command.events : refuse('no', { zh: '不', en: 'no' })),
  evolve(state, { type, data }) {
    if (type !== 'Opened' && type !== 'FactsChanged') return state;
    return { priority: data.priority, recallClass: data.recallClass, awareAt: data.awareAt ?? state.awareAt };
  },
};

const facts = (_: CaseEvent, { priority, recallClass }: Facts) => ({ priority, recallClass });
const from = (_: CaseEvent, { awareAt }: Facts): string | undefined => awareAt;

export const TABLE: ClockTable<CaseEvent, Facts> = [
  { clock: key('recall.notice'), starts: ['Opened', 'FactsChanged'], from, facts, meets: ['Notified'], drops: ['Withdrawn'], revisedBy: ['FactsChanged'],
    done: (event) => (event.type === 'Notified' ? event.data.notifiedAt : undefined) },
  { clock: key('recall.evaluation'), starts: ['Opened'], from, facts, meets: ['Answered'], drops: ['Withdrawn'] },
  { clock: key('case.answer'), starts: ['Opened'], from, facts, meets: ['Answered'], drops: ['Withdrawn'], revisedBy: ['FactsChanged'] },
  { clock: key('case.urgent'), starts: [], facts, meets: ['Answered'], revisedBy: ['FactsChanged'], takesOver: [key('case.usual')] },
  { clock: key('case.usual'), starts: ['Opened'], facts, from, meets: ['Answered'], revisedBy: ['FactsChanged'] },
  { promise: 'promise/answer', rule: 'X-1', starts: 'Promised', due: (event) => (event.type === 'Promised' ? event.data.dueAt : ''), meets: ['Answered'], warnsLike: key('case.promise') },
];

export const terms = (parts: Partial<ClockTerms> & Pick<ClockTerms, 'span'>): ClockTerms => ({
  pack: 'P1', version: '1', key: 'case.answer', rule: 'P1-01', clause: '4.1', nature: 'service', when: {}, pausable: true,
  warn: [50, 80, 100], escalate: [], consequence: null, ...parts,
});
export const hours = (value: number): ClockTerms['span'] => ({ value, unit: 'hour', calendar: 'wall-clock' });
export const days = (value: number): ClockTerms['span'] => ({ value, unit: 'day', calendar: 'wall-clock' });
export const workingDays = (value: number): ClockTerms['span'] => ({ value, unit: 'working-day', calendar: 'working-days' });
export const workingHours = (value: number): ClockTerms['span'] => ({ value, unit: 'working-hour', calendar: 'working-hours' });

export const YEARS: WorkCalendar = calendar({ years: [...publishedYears(), plainYear(2027), plainYear(2028)] });

export function policyOf(all: readonly ClockTerms[], by: WorkCalendar = YEARS): PolicySet {
  const unused = (): never => { throw new Error('no clock asks for this'); };
  return {
    adoption: { id: 'example', version: 3, digest: 'ab' }, calendar: by, clocks: (asked) => all.filter((one) => one.key === asked),
    setting: unused, cite: unused, decide: unused,
  };
}

/** One case under one policy, driven by commands at times of a clock in Shanghai. */
export class ExampleCase {
  private readonly decider;
  state: Timed<Facts>;
  readonly log: TimedEvent<CaseEvent>[] = [];

  constructor(private policy: PolicySet, table: ClockTable<CaseEvent, Facts> = TABLE) {
    this.decider = withClocks(ofCase, table);
    this.state = this.decider.initial;
  }

  under(policy: PolicySet): this {
    this.policy = policy;
    return this;
  }

  /** `local`: `2026-03-11 09:00` in Shanghai, or an instant. @returns the deadline events of the decision, or its refusal */
  send(local: string, command: CaseCommand | ClockCommand): readonly DeadlineEvent[] | Refusal {
    const now = local.endsWith('Z') ? local : shanghai(local);
    const decided = this.decider.decide(command, this.state, { id: 'i', freshId: 'f', now, actor: { id: 'u', role: 'r' }, policy: this.policy });
    if ('refused' in decided) return decided;
    this.state = decided.reduce<Timed<Facts>>((state, event) => this.decider.evolve(state, asStored(event)), this.state);
    this.log.push(...decided);
    return (decided as readonly DomainEvent[]).filter(isDeadlineEvent);
  }

  record(local: string, ...events: readonly CaseEvent[]): readonly DeadlineEvent[] {
    return events.length > 0 ? this.send(local, { type: 'Record', events }) as readonly DeadlineEvent[] : [];
  }

  note(local: string, clock: string): readonly DeadlineEvent[] {
    return this.send(local, { type: 'NoteDueDeadlines', clock }) as readonly DeadlineEvent[];
  }

  pause(local: string) { return this.send(local, { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' }); }
  resume(local: string) { return this.send(local, { type: 'ResumeDeadlines' }); }
  due(clock: string): string | null | undefined { return this.state.clocks[clock]?.dueAt; }
}

export const opened = (awareLocal: string, parts: Partial<Facts> = {}): CaseEvent =>
  ({ type: 'Opened', data: { priority: null, recallClass: null, ...parts, awareAt: shanghai(awareLocal) } });
export const changed = (parts: Partial<Facts>): CaseEvent => ({ type: 'FactsChanged', data: { priority: null, recallClass: null, ...parts } as never });
export const notified = (local: string): CaseEvent => ({ type: 'Notified', data: { notifiedAt: shanghai(local) } });
export const plain = (type: 'Notified' | 'Answered' | 'Withdrawn'): CaseEvent => ({ type, data: {} });

/** `warn 50`, `breach`, `escalate intake.head`, in the order in which they were recorded. */
export const recorded = (events: readonly DomainEvent[]): string[] => events.filter(isDeadlineEvent).flatMap((event) => {
  switch (event.type) {
    case 'DeadlineWarned': return [`warn ${event.data.percent}`];
    case 'DeadlineBreached': return ['breach'];
    case 'DeadlineEscalated': return [`escalate ${event.data.to.join()}`];
    default: return [];
  }
});
export { shanghai };
