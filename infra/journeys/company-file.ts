import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyFolder, type CompanyPolicy } from 'aftercare/policy';
import { parse, stringify } from 'yaml';

/** The shipped company file, to be changed as a company would. */
export function shippedCompany(): CompanyPolicy {
  return parse(readFileSync(join(policyFolder(), 'companies', 'example.yaml'), 'utf8')) as CompanyPolicy;
}

/** What a company writes for its second version: an hour for the first contact, other bands, and no rules for adverse reactions. */
export function secondVersion(validFrom: string): CompanyPolicy {
  const shipped = shippedCompany();
  const left = 'CN-ADR-2011';
  const stated: { clause: string; rows: string[]; source: 'stated' } = { clause: 'board 12', rows: [], source: 'stated' };
  return {
    ...shipped, version: 2, validFrom, precedence: shipped.precedence.filter(({ pack }) => pack !== left),
    own: {
      ...shipped.own,
      'complaint.first_contact': {
        kind: 'clock', value: 1, unit: 'hour', calendar: 'wall-clock', calendarStated: true, nature: 'service', from: { zh: '获知投诉', en: 'awareness of the complaint' },
        to: { zh: '联系客户', en: 'the customer is contacted' }, pausable: false, warn: [50], escalate: [{ percent: 100, to: ['intake.head'] }], ...stated,
      },
      'billing.price_approval.bands': {
        kind: 'table', hit: 'unique', inputs: { price: 'money' }, outputs: { approver: 'word' }, ...stated,
        value: [
          { id: 'small', if: { price: '< 300.00' }, then: { approver: 'billing.after-sales-manager' } },
          { id: 'rest', if: { price: '>= 300.00' }, then: { approver: 'billing.general-manager' } },
        ],
      },
    },
    off: [
      ...shipped.off, { key: 'P001E/complaint.first_contact', why: 'ours is one hour' },
      ...['adr.report.death', 'adr.report.serious', 'adr.report.other', 'adr.reportability'].map((key) => ({ key, why: 'another company reports' })),
    ],
    settle: shipped.settle.filter(({ table }) => table !== 'adr.reportability'),
  };
}

export function writeCompanyFile(folder: string, name: string, company: CompanyPolicy): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, stringify(company));
  return file;
}
