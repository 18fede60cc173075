import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { PackEntry } from '../pack/pack.schema.js';
import { boundInVain, changedKeys, draftOf } from './index.js';
import { draftWith, shipped } from './testing/letters.js';

const changed = (draft: ReturnType<typeof draftOf>) => changedKeys([shipped], draft.document);
const company = (over: Partial<CompanyPolicy>) => draftOf({ ...shipped.company, ...over, own: { ...shipped.company.own, ...over.own } }, shipped.packs);
const on = (key: string) => shipped.company.off.filter((off) => off.key !== key);
const reply = shipped.packs.find(({ id }) => id === 'P003')?.params['complaint.reply'] as PackEntry;
const expiry = { ...reply, value: 2, unit: 'day' } as PackEntry;

describe('what a draft says otherwise than what was adopted', () => {
  it('nothing, where it is the same or another pack says the same', () => {
    expect(changed(draftOf(shipped.company, shipped.packs))).toEqual([]);
    expect(changed(company({ own: { 'complaint.reply': reply }, off: [...shipped.company.off, { key: 'P003/complaint.reply', why: 'ours' }] }))).toEqual([]);
  });

  it('names keys newly bound, changed and unbound, of settings, tables and clocks', () => {
    expect(changed(company({ own: { 'approval.expiry': expiry }, off: on('approval.expiry') }))).toEqual(['approval.expiry']);
    expect(changed(draftWith('P003', 'complaint.reply', (entry) => ({ ...entry, value: 5 }) as PackEntry))).toEqual(['complaint.reply']);
    expect(changed(draftWith('P003', 'complaint.reply', (entry) => ({ ...entry, pausable: false }) as PackEntry))).toEqual(['complaint.reply']);
    expect(changed(company({ off: [...shipped.company.off, { key: 'performance.fine.negligence', why: 'no' }, { key: 'billing.waiver.bands', why: 'no' }] }))).toEqual(['billing.waiver.bands', 'performance.fine.negligence']);
    expect(changed(company({ settle: [...shipped.company.settle, { table: 'billing.waiver.bands', row: 'P001C-29-gap', why: 'ours', then: { approver: 'billing.general-manager' } }] }))).toEqual(['billing.waiver.bands']);
  });

  it('compares with every adoption that cases of the time may have kept', () => {
    const later = company({ own: { 'approval.expiry': expiry }, off: on('approval.expiry') }).document;
    expect([changedKeys([later], later), changedKeys([shipped, later], later)]).toEqual([[], ['approval.expiry']]);
  });

  it('names apart what it binds and switches off in one', () => {
    const draft = company({ own: { 'approval.expiry': expiry } });
    expect([changed(draft), boundInVain(draft.document), boundInVain(shipped)]).toEqual([[], ['approval.expiry'], []]);
    const byItsName = company({ own: { 'approval.expiry': expiry }, off: [...on('approval.expiry'), { key: `${shipped.company.id}/approval.expiry`, why: 'ours' }] });
    expect(boundInVain(byItsName.document)).toEqual(['approval.expiry']);
  });
});
