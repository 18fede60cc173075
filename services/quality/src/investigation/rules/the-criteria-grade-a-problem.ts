import { PROBLEM_GRADES, TREATMENTS, type DetermineGrade, type GradeProblem, type InvestigationEvent } from 'aftercare/contracts';
import { words } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { Problem } from '../investigation.js';

/** P001D-11, P001D-12: ordinary problems are treated on site, major ones after the head has approved. */
export function gradeOf({ productLine, curedBy, effect }: GradeProblem, policy: PolicySet): InvestigationEvent {
  const problem: Problem = { productLine: productLine ?? null, curedBy: curedBy ?? null, effect: effect ?? null };
  const said = policy.decide('quality.grade_criteria', { ...problem });
  const grade = said.determined ? PROBLEM_GRADES.find((known) => known === said.then['grade']) : undefined;
  const treatment = said.determined ? TREATMENTS.find((known) => known === said.then['treatment']) : undefined;
  return grade && treatment
    ? { type: 'QualityProblemGraded', data: { ...problem, grade, treatment, by: 'table' }, policy: said.trace }
    : { type: 'QualityGradeUndetermined', data: { ...problem, why: said.determined ? 'no-match' : said.why }, policy: said.trace };
}

/** What the criteria leave open, with what they had been asked. */
export function gradedByAPerson({ grade, treatment, reasoning }: DetermineGrade, problem: Problem, subject: string, policy: PolicySet): InvestigationEvent {
  const { trace } = policy.decide('quality.grade_criteria', { ...problem });
  return {
    type: 'QualityProblemGraded', data: { ...problem, grade, treatment, by: 'person' }, personal: words(subject, { reasoning }),
    policy: { ...trace, outcome: `grade: ${grade}; treatment: ${treatment}` },
  };
}
