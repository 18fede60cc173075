import type { InvestigationEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import { adoptedWith, CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { InvestigationCommand } from './investigation.js';
import { investigation } from './investigation.decide.js';
import { ledgerView, type LedgerRow } from './investigation.view.js';

const opened: InvestigationEvent = { type: 'InvestigationOpened', data: {
  caseId: CASE_ID, round: 1, customerId: null, locality: 'local', goods: null, awareAt: NOW, subject: SUBJECT_ID,
} };
const grade = (problem: { productLine?: string; curedBy?: string; effect?: string }): InvestigationCommand => ({ type: 'GradeProblem', ...problem });
const determine: InvestigationCommand = { type: 'DetermineGrade', grade: 'major', treatment: 'after-head-approval', reasoning: '从严' };
let policy: PolicySet;

beforeAll(async () => {
  policy = await adoptedWith(({ precedence }) => ({ off: [], precedence: [...precedence, { pack: 'P001D', version: 1 }] }));
});

describe('the grade of a quality problem', () => {
  it.each([
    [{ productLine: 'battery', curedBy: 'routine-treatment', effect: 'none' }, 'ordinary', 'on-site', 'P001D-11-battery'],
    [{ productLine: 'battery', effect: 'safety' }, 'major', 'after-head-approval', 'P001D-12-battery'],
    [{ productLine: 'chemical', curedBy: 'nothing' }, 'major', 'after-head-approval', 'P001D-12-chemical'],
  ])('P001D-11 P001D-12 %j is %s', (problem, expected, treatment, rule) => {
    const then = given(investigation, opened).when(grade(problem), { policy });
    expect(then.events).toMatchObject([{ type: 'QualityProblemGraded', data: { grade: expected, treatment, by: 'table' }, policy: { id: 'P001D', rule } }]);
  });

  it.each([
    [{ productLine: 'battery', curedBy: 'new-cells', effect: 'none' }, 'open-point'], [{ productLine: 'battery', curedBy: 'routine-treatment' }, 'missing-input'],
    [{ productLine: 'pumps', curedBy: 'nothing', effect: 'safety' }, 'no-match'], [{}, 'missing-input'],
  ])('P001D-12 %j is not graded by a rule (%s): a person does it, and it is recorded who', (problem, why) => {
    const open = given(investigation, opened).when(grade(problem), { policy });
    expect(open.events).toMatchObject([{ type: 'QualityGradeUndetermined', data: { why }, policy: { id: 'P001D' } }]);
    const waiting = given(investigation, opened, ...open.events as InvestigationEvent[]);
    const decided = waiting.when(determine, { policy });
    expect(decided.events).toMatchObject([{
      type: 'QualityProblemGraded', data: { grade: 'major', by: 'person' }, personal: { subject: SUBJECT_ID, fields: { reasoning: '从严' } },
      policy: { id: 'P001D', outcome: 'grade: major; treatment: after-head-approval' },
    }]);
    expect(decided.state.own).toMatchObject({ gradeOpen: null });
  });

  it('where no criteria were adopted a person grades, and nobody grades unasked', () => {
    const open = given(investigation, opened).when(grade({ productLine: 'battery', effect: 'safety' }));
    expect(open.events).toMatchObject([{ type: 'QualityGradeUndetermined', data: { why: 'not-adopted' } }]);
    expect(given(investigation, opened).when(determine)).toMatchObject({ refused: 'wrong-stage' });
  });

  it('shows in the ledger what waits for a grade', () => {
    const open = given(investigation, opened).when(grade({}), { policy }).events as InvestigationEvent[];
    const graded = given(investigation, opened, ...open).when(determine, { policy }).events as InvestigationEvent[];
    const rowAfter = (...events: InvestigationEvent[]) => events.reduce<LedgerRow | null>((row, event, version) => ledgerView.fold(row, {
      ...event, id: `e-${version}`, stream: `investigation-${CASE_ID}`, version, recordedAt: NOW, personal: null,
    } as unknown as Recorded<InvestigationEvent>), null);
    expect(rowAfter(opened)?.grade).toBeNull();
    expect(rowAfter(opened, ...open)?.grade).toBe('undetermined');
    expect(rowAfter(opened, ...open, ...graded)?.grade).toBe('major');
  });
});
