import type { Actor, DomainEvent } from './event.js';
import { stageInChinese, type StageCode } from './stage-terms.js';

/** A text in both languages of the product. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** An expected "no": a value with a code, never an exception. `rule` is a catalogue id, `field` a command member. */
export interface Refusal {
  readonly refused: string;
  readonly message: Bilingual;
  readonly rule?: string;
  readonly field?: string;
}

export type Decision<E extends DomainEvent> = readonly E[] | Refusal;

/** What a decision may know besides command and state. Nothing in it is read from the outside during the decision. */
export interface DecisionContext<Policy = unknown> {
  /** Id of the aggregate, which the state of a new one cannot know. */
  readonly id: string;
  /** A fresh UUIDv7 for whatever the decision has to name: a data subject, a transport order. */
  readonly freshId: string;
  /** UTC instant of the decision. */
  readonly now: string;
  readonly actor: Actor;
  /** Values of the policies in force for this case. */
  readonly policy: Policy;
}

/** Pure core of an aggregate: no clock, id, store or framework inside. */
export interface Decider<C, S, E extends DomainEvent, Policy = unknown> {
  readonly initial: S;
  decide(command: C, state: S, context: DecisionContext<Policy>): Decision<E>;
  evolve(state: S, event: E): S;
}

export function refuse(code: string, message: Bilingual, where: { rule?: string; field?: string } = {}): Refusal {
  return { refused: code, message, ...where };
}

export function isRefusal(decision: Decision<DomainEvent>): decision is Refusal {
  return 'refused' in decision;
}

/**
 * The command is known but this stage does not take it. Every state x command pair without a rule ends here.
 * @param stage code of the stage as the record shows it, or in words where the stage alone does not say why
 */
export function wrongStage(command: string, stage: StageCode | Bilingual): Refusal {
  const { zh, en } = typeof stage === 'string' ? { zh: stageInChinese(stage), en: stage } : stage;
  return refuse('wrong-stage', {
    zh: `当前阶段“${zh}”不能执行“${command}”。`,
    en: `"${command}" is not possible in stage "${en}".`,
  });
}

/** Somebody decides what no rule left open. */
export const nothingToDetermine = (command: string): Refusal => wrongStage(command, { zh: '没有待判定的事项', en: 'nothing to determine' });

/** The end of a `switch` over a union: compiles only while every member is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
