import type { Actor } from 'aftercare/kernel';
import type { AnyTimedAggregate, Recording } from 'aftercare/testing';
import type { Draw } from './random-case.js';

export interface Told { readonly type: string; readonly by?: Actor; readonly [name: string]: unknown }

interface Walk {
  readonly aggregate: AnyTimedAggregate;
  readonly id: string;
  readonly opened: string;
  readonly steps: number;
  /** The usual course, each said when its turn has come; some of `others` come in between, and what is refused is tried again or left out. */
  readonly course: readonly (() => Told)[];
  readonly others: readonly (() => Told)[];
  readonly caseId?: () => string;
}

/** Random alone hardly ever comes to an end that takes ten steps: most of the time people do what comes next. Answers with the last instant. */
export function walk(recording: Recording, draw: Draw, { aggregate, id, opened, steps, course, others, caseId }: Walk): string {
  let at = opened;
  let next = 0;
  const say = ({ by, ...command }: Told): boolean => recording.do(aggregate, id, command, { at, ...(by && { actor: by }), ...(caseId && { caseId: caseId() }) }) === null;
  for (let step = 0; step < steps; step += 1) {
    const usual = next === 0 || draw(3) > 0 ? course[next] : undefined;
    if (usual) next += say(usual()) ? 1 : draw(2);
    else say((others[draw(others.length)] as () => Told)());
    at = new Date(Date.parse(at) + ([60_000 * draw(60), 3_600_000 * draw(12), 86_400_000 * draw(4)][draw(3)] ?? 0)).toISOString();
    if (draw(2) === 0) recording.watch(at);
  }
  return at;
}
