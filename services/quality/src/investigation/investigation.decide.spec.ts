import { policySet } from 'aftercare/policy';
import type { DeadlineEvent, Goods, InvestigationEvent } from 'aftercare/contracts';
import { CASE_ID, everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { InvestigationCommand } from './investigation.js';
import { investigation } from './investigation.decide.js';

const GOODS: Goods = {
  productCode: 'DV-100', productName: 'Infusion pump', model: 'A2', lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null,
  quantity: 2, notKnown: [],
};
const FROM = { caseId: CASE_ID, round: 1, customerId: 'c-1', goods: GOODS, awareAt: NOW };
const DIGEST = 'a'.repeat(64);

const openedFor = (locality: 'local' | 'non-local'): InvestigationEvent =>
  ({ type: 'InvestigationOpened', data: { ...FROM, locality, subject: SUBJECT_ID } });
const opened = openedFor('local');
const serious = (severity: 'minor' | 'serious' | 'serious-unclear'): InvestigationEvent => ({ type: 'SeverityAssessed', data: { severity } });
const dispatched: InvestigationEvent = { type: 'SiteVerificationDispatched', data: { inspector: 'u-7' } };
const verified: InvestigationEvent = { type: 'SiteVerificationCompleted', data: { inspector: 'u-7' } };
const evidence: InvestigationEvent = { type: 'EvidenceAdded', data: { evidence: 'e-1', kind: 'photo', sha256: DIGEST } };
const decided = (interim: boolean): InvestigationEvent => ({ type: 'DispositionDecided', data: { interim, disposition: 'return' } });
const found = (verdict: 'conforming' | 'nonconforming', fault: 'maker' | 'customer' | null = null): InvestigationEvent =>
  ({ type: 'QualityVerdictReached', data: { caseId: CASE_ID, round: 1, customerId: 'c-1', locality: 'local', goods: GOODS, verdict, fault } });
const told: InvestigationEvent = { type: 'QualityHeadNotified', data: { head: 'u-h' } };
const withdrawn: InvestigationEvent = { type: 'InvestigationWithdrawn', data: { caseId: CASE_ID, round: 1, goods: GOODS, why: 'reclassified' } };

const open: InvestigationCommand =
  { type: 'OpenInvestigation', round: 1, customerId: 'c-1', locality: 'local', goods: GOODS, awareAt: NOW, subject: SUBJECT_ID, description: null };
const reopen = (round: number): InvestigationCommand =>
  ({ type: 'ReopenInvestigation', round, customerId: 'c-1', locality: 'local', goods: GOODS, awareAt: NOW, why: null });
const withdraw: InvestigationCommand = { type: 'WithdrawInvestigation', why: 'unfounded' };
const assess: InvestigationCommand = { type: 'AssessSeverity', severity: 'serious', reasoning: 'it stopped' };
const dispatch = (inspector: string): InvestigationCommand => ({ type: 'DispatchSiteVerification', inspector });
const complete: InvestigationCommand = { type: 'CompleteSiteVerification', finding: '现场报警' };
const add = (sha256?: string): InvestigationCommand => ({ type: 'AddEvidence', kind: 'photo', sha256, description: '照片' });
const ask: InvestigationCommand = { type: 'RequestManufacturerSupport', manufacturer: 'Maker', question: 'Known?' };
const query: InvestigationCommand = { type: 'RaiseSupplierQuery', supplier: 'Supplier', query: 'Why?' };
const dispose = (interim: boolean): InvestigationCommand => ({ type: 'DecideDisposition', interim, disposition: 'return', opinion: '退货' });
const rule = (verdict: 'conforming' | 'nonconforming', fault?: 'maker' | 'customer' | 'undetermined'): InvestigationCommand =>
  ({ type: 'ReachVerdict', verdict, fault, finding: '经检验' });
const notify: InvestigationCommand = { type: 'NotifyQualityHead', head: 'u-h' };
const assign: InvestigationCommand = { type: 'AssignResponsibility', department: 'production' };
const act: InvestigationCommand = { type: 'RequestCorrectiveAction', kind: 'corrective', department: 'production', action: 'Check the seal.' };

const dueOf = (deadlines: readonly DeadlineEvent[]): Record<string, string | null> => Object.fromEntries(deadlines
  .flatMap((event) => (event.type === 'DeadlinesSet' ? event.data.clocks.map(({ clock, dueAt }) => [clock, dueAt]) : [])));

describe('an investigation', () => {
  describe('beginning', () => {
    it('P002A-07 P002A-09 P000-28 opens on a classified complaint and keeps the words under the customer’s key', () => {
      const then = given(investigation).when({ ...open, description: '输液泵报警' } as InvestigationCommand);
      expect(then).toMatchObject({ types: ['InvestigationOpened'], stage: 'open' });
      expect(then.events[0]?.personal).toEqual({ subject: SUBJECT_ID, fields: { description: '输液泵报警' } });
      expect(JSON.stringify(then.events[0]?.data)).not.toContain('报警');
    });

    it('told the same twice, notes nothing; told other goods, keeps what it looked at before', () => {
      const reordered = Object.fromEntries(Object.entries(GOODS).sort()) as Goods;
      expect(given(investigation, opened).when({ ...open, goods: reordered } as InvestigationCommand).types).toEqual([]);
      const corrected = given(investigation, opened).when({ ...open, goods: { ...GOODS, lot: 'L-78' } } as InvestigationCommand);
      expect(corrected.events[0]).toMatchObject({ type: 'InvestigationRestated', data: { goods: { lot: 'L-78' }, previous: { lot: 'L-77' } } });
      expect(corrected.state.own).toMatchObject({ goods: { lot: 'L-78' } });
    });

    it('other goods after the verdict are put before a person', () => {
      expect(given(investigation, opened, evidence, found('conforming')).when(open).types).toEqual([]);
      const other = { ...open, goods: { ...GOODS, lot: 'L-78' } } as InvestigationCommand;
      expect(given(investigation, opened, evidence, found('conforming')).when(other).refused).toBe('wrong-stage');
    });

    it('P000-36 classified as product quality only in a later round, it takes up that round', () => {
      const later = { ...open, round: 2 } as InvestigationCommand;
      expect(given(investigation, opened, evidence, found('conforming')).when(later)).toMatchObject({ types: ['InvestigationReopened'], stage: 'open' });
    });
  });

  describe('clocks', () => {
    it('P002A-10 P002A-12 local: sent within 24 hours of awareness, opinion within three days', () => {
      expect(dueOf(given(investigation).when({ ...open, awareAt: '2026-03-11T01:00:00.000Z' } as InvestigationCommand).deadlines)).toEqual({
        'P002A/quality.site_verification.local': '2026-03-12T01:00:00.000Z', 'P002A/quality.disposition': '2026-03-14T01:00:00.000Z',
      });
    });

    it('P002A-11 non-local: verified within seven days', () => {
      expect(dueOf(given(investigation).when({ ...open, locality: 'non-local' } as InvestigationCommand).deadlines)).toEqual({
        'P002A/quality.site_verification.remote': '2026-03-18T06:00:00.000Z', 'P002A/quality.disposition': '2026-03-14T06:00:00.000Z',
      });
    });

    const running = (locality: 'local' | 'non-local', ...commands: InvestigationCommand[]): string[] => {
      const first = given(investigation).when({ ...open, locality } as InvestigationCommand);
      const state = commands.reduce((before, command) => {
        const answer = investigation.decider.decide(command, before, {
          id: CASE_ID, freshId: 'f', now: NOW, actor: { id: 'u', role: 'r' },
          policy: policySet(),
        });
        if ('refused' in answer) throw new Error(answer.refused);
        return answer.reduce((folded, event) => investigation.decider.evolve(folded, event), before);
      }, first.state);
      return Object.keys(state.clocks).map((clock) => clock.replace('P002A/quality.', ''));
    };

    it('P002A-10 the dispatch stops the local clock; P002A-11 only the finding stops the remote one', () => {
      expect(running('local', dispatch('u-7'))).toEqual(['disposition']);
      expect(running('non-local', dispatch('u-7'))).toEqual(['site_verification.remote', 'disposition']);
      expect(running('non-local', dispatch('u-7'), complete)).toEqual(['disposition']);
    });

    it('P002A-12 an interim opinion stops its clock, a verdict does not', () => {
      expect(running('local', dispose(true))).toEqual(['site_verification.local']);
      expect(running('local', add(), rule('conforming'))).toEqual(['disposition']);
    });

    it('P000-36 a later round starts them anew, from the customer’s no', () => {
      const next = given(investigation, opened, evidence, decided(false), found('conforming')).when({ ...reopen(2), awareAt: '2026-03-11T04:00:00.000Z' } as InvestigationCommand);
      expect(dueOf(next.deadlines)).toEqual({
        'P002A/quality.site_verification.local': '2026-03-12T04:00:00.000Z', 'P002A/quality.disposition': '2026-03-14T04:00:00.000Z',
      });
    });

    it('a withdrawn investigation owes nothing', () => {
      expect(running('local', withdraw)).toEqual([]);
    });
  });

  describe('site verification', () => {
    it('P002A-10 one inspector at a time, another may take over until it is done', () => {
      expect(given(investigation, opened, dispatched).when(dispatch('u-7'))).toMatchObject({ refused: 'already-dispatched', rule: 'P002A-10', field: 'inspector' });
      expect(given(investigation, opened, dispatched).when(dispatch('u-8')).state.own).toMatchObject({ inspector: 'u-8' });
      expect(given(investigation, opened, dispatched, verified).when(dispatch('u-8'))).toMatchObject({ refused: 'already-verified', rule: 'P002A-11' });
    });

    it('P002A-11 nobody finds anything who was not sent', () => {
      expect(given(investigation, opened).when(complete).refused).toBe('wrong-stage');
      expect(given(investigation, opened, dispatched).when(complete).events[0]).toMatchObject({
        type: 'SiteVerificationCompleted', data: { inspector: 'u-7' }, personal: { fields: { finding: '现场报警' } },
      });
      expect(given(investigation, opened, dispatched, verified).when(complete).refused).toBe('wrong-stage');
    });
  });

  describe('verdict', () => {
    it('P000-29 needs a piece of evidence or a finished site verification', () => {
      expect(given(investigation, opened).when(rule('conforming'))).toMatchObject({ refused: 'verdict-without-evidence', rule: 'P000-29' });
      expect(given(investigation, opened, dispatched).when(rule('conforming')).refused).toBe('verdict-without-evidence');
      expect(given(investigation, opened, evidence).when(rule('conforming')).stage).toBe('concluded');
      expect(given(investigation, opened, dispatched, verified).when(rule('nonconforming')).stage).toBe('concluded');
    });

    it('P000-29 evidence of an earlier round does not carry the next verdict, and a file counts once', () => {
      const reopened: InvestigationEvent = { type: 'InvestigationReopened', data: { ...FROM, round: 2, locality: 'local' } };
      const second = [opened, evidence, found('conforming'), reopened];
      expect(given(investigation, ...second).when(rule('conforming')).refused).toBe('verdict-without-evidence');
      expect(given(investigation, ...second).when(add(DIGEST))).toMatchObject({ refused: 'evidence-already-added', field: 'sha256' });
      expect(given(investigation, ...second).when(add('b'.repeat(64))).refused).toBeNull();
      expect(given(investigation, opened, evidence).when(add()).refused).toBeNull();
    });

    it('P003-22 a serious but unclear problem is verified on site first, a clear one need not be', () => {
      const before = [opened, evidence, serious('serious-unclear')];
      expect(given(investigation, ...before).when(rule('nonconforming'))).toMatchObject({ refused: 'site-verification-missing', rule: 'P003-22' });
      expect(given(investigation, ...before, dispatched).when(rule('nonconforming')).refused).toBe('site-verification-missing');
      expect(given(investigation, ...before, dispatched, verified).when(rule('nonconforming')).events[0]?.policy).toMatchObject({
        rule: 'P003-22', inputs: { required: true, severity: 'serious-unclear', verification: 'completed', evidence: 1 }, outcome: 'permitted',
      });
      expect(given(investigation, ...before, serious('serious')).when(rule('nonconforming')).stage).toBe('concluded');
    });

    it('P000-13 severity can be assessed anew and outlives the round', () => {
      const reopened: InvestigationEvent = { type: 'InvestigationReopened', data: { ...FROM, round: 2, locality: 'local' } };
      const later = given(investigation, opened, serious('serious-unclear'), dispatched, verified, found('conforming'), reopened, evidence);
      expect(later.when(rule('conforming')).refused).toBe('site-verification-missing');
      expect(later.when(assess).state.own).toMatchObject({ severity: 'serious' });
    });

    it('P002B-23 P002B-24 a fault fits its verdict', () => {
      const ready = given(investigation, opened, evidence);
      expect(ready.when(rule('nonconforming', 'customer'))).toMatchObject({ refused: 'fault-contradicts-verdict', rule: 'P002B-24', field: 'fault' });
      expect(ready.when(rule('conforming', 'maker'))).toMatchObject({ refused: 'fault-contradicts-verdict', rule: 'P002B-23', field: 'fault' });
      expect(ready.when(rule('conforming', 'customer')).events[0]?.data).toMatchObject({ fault: 'customer' });
      expect(ready.when(rule('nonconforming', 'maker')).events[0]?.data).toMatchObject({ fault: 'maker' });
      expect(ready.when(rule('nonconforming', 'undetermined')).refused).toBeNull();
    });
  });

  describe('disposition', () => {
    it('P002A-12 P000-14 is interim until the facts are verified, and final afterwards', () => {
      const rule12 = (interim: boolean, ...events: InvestigationEvent[]) => given(investigation, ...events).when(dispose(interim)).refused;
      expect(rule12(true, opened)).toBeNull();
      expect(rule12(false, opened)).toBe('final-before-verification');
      expect(rule12(false, opened, evidence)).toBeNull();
      expect(rule12(false, opened, evidence, dispatched)).toBe('final-before-verification');
      expect(rule12(true, opened, evidence, dispatched)).toBeNull();
      expect(rule12(false, opened, dispatched, verified)).toBeNull();
      expect(rule12(true, opened, dispatched, verified)).toBe('interim-after-verification');
      expect(rule12(true, opened, evidence, decided(false))).toBe('interim-after-verification');
      expect(rule12(true, opened, evidence, found('conforming'))).toBe('interim-after-verification');
      expect(rule12(false, opened, evidence, found('nonconforming'))).toBeNull();
    });
  });

  describe('after the verdict', () => {
    const bad = [opened, evidence, found('nonconforming')];
    it('P002A-20 the head of quality is told of a problem, once, and of nothing else', () => {
      expect(given(investigation, ...bad).when(notify).types).toEqual(['QualityHeadNotified']);
      expect(given(investigation, ...bad, told).when(notify)).toMatchObject({ refused: 'head-already-notified', rule: 'P002A-20' });
      expect(given(investigation, opened, evidence, found('conforming')).when(notify)).toMatchObject({ refused: 'product-conforms', rule: 'P002A-20' });
    });

    it('P002A-18 the supplier is queried about a nonconforming product; P002A-04 the manufacturer is asked before', () => {
      expect(given(investigation, ...bad).when(query).types).toEqual(['SupplierQualityQueryRaised']);
      expect(given(investigation, opened, evidence, found('conforming')).when(query)).toMatchObject({ refused: 'product-conforms', rule: 'P002A-18' });
      expect(given(investigation, opened).when(query).refused).toBe('wrong-stage');
      expect(given(investigation, opened).when(ask).types).toEqual(['ManufacturerSupportRequested']);
    });

    it('P002B-23 responsibility and action follow the maker’s fault', () => {
      const fault = [opened, evidence, found('nonconforming', 'maker')];
      expect(given(investigation, ...fault).when(assign).types).toEqual(['ResponsibilityAssigned']);
      expect(given(investigation, ...fault).when(act).events[0]?.personal?.fields).toEqual({ action: 'Check the seal.' });
      expect(given(investigation, ...bad).when(assign)).toMatchObject({ refused: 'no-makers-fault', rule: 'P002B-23' });
      expect(given(investigation, ...bad).when(act).refused).toBe('no-makers-fault');
    });

    it('P000-36 a round is taken up once, whatever became of the last', () => {
      expect(given(investigation, ...bad).when(reopen(2))).toMatchObject({ types: ['InvestigationReopened'], stage: 'open' });
      expect(given(investigation, ...bad).when(reopen(1)).types).toEqual([]);
      expect(given(investigation, opened, withdrawn).when(reopen(2)).stage).toBe('open');
    });

    it('a verdict is not undone by what becomes of the complaint', () => {
      expect(given(investigation, ...bad).when(withdraw).types).toEqual([]);
      expect(given(investigation).when(withdraw).types).toEqual([]);
    });
  });

  it('knows an answer to every command in every stage', () => {
    expect(everyPair(investigation, {
      new: [], open: [opened], verifying: [opened, dispatched], evident: [opened, evidence], conforming: [opened, evidence, found('conforming')],
      nonconforming: [opened, evidence, found('nonconforming', 'maker')], withdrawn: [opened, withdrawn],
    }, [
      open, reopen(2), withdraw, assess, dispatch('u-8'), complete, add(), ask, dispose(false), rule('conforming'), notify, query, assign, act,
    ])).toMatchSnapshot();
  });
});
