import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompanyPolicy, NamedPolicies, PackEntry, PolicyPack } from 'aftercare/policy';
import { policyPages } from './pages.js';
import { valuesThatDiffer } from './values-that-differ.js';

const stated: Pick<PackEntry, 'clause' | 'rows' | 'source'> = { clause: '1', rows: ['P001E-36'], source: 'stated' };
const channels = (...value: string[]): PackEntry => ({ kind: 'list', value, ...stated });
const hours = (value: number | null): PackEntry => ({
  kind: 'clock', value, unit: 'hour', calendar: 'wall-clock', calendarStated: false, nature: 'service', from: { zh: '甲', en: 'a' }, to: { zh: '乙', en: 'b' }, pausable: false, warn: [], escalate: [],
  ...stated, ...(value === null && { source: 'unset' }),
});
const pack = (id: string, params: PolicyPack['params'], version = 1): PolicyPack => ({
  id, version, kind: 'company', title: { zh: id, en: `Policy ${id}` }, origin: { zh: id, en: id }, validFrom: null, validTo: null, confirmed: true, params,
});
const company = (over: Partial<CompanyPolicy> = {}): CompanyPolicy => ({
  id: 'example', version: 1, title: { zh: '例', en: 'Example' }, validFrom: '2020-01-01', validTo: null, zone: 'Asia/Shanghai', calendar: 'CN', calendarOwner: 'registry.clerk',
  windows: {}, precedence: [{ pack: 'A', version: 1 }, { pack: 'B', version: 1 }], own: {}, off: [], settle: [], ...over,
});
const A = pack('A', {
  'intake.channels': channels('hotline'), 'reply.limit': hours(4), 'callback.wait': hours(null), 'return.kinds': channels('a'),
  'fee.bands': {
    kind: 'table', hit: 'unique', inputs: { price: 'money' }, outputs: { approver: 'word' }, ...stated,
    value: [{ id: 'P001C-29-gap', if: { price: '> 5000.00' }, then: null, note: { zh: '未写明', en: 'nobody is named' } }],
  },
});
const B = pack('B', { 'intake.channels': channels('letter'), 'reply.limit': hours(24), 'return.kinds': { ...channels('a'), source: 'reading', note: { zh: '我方', en: 'ours' } } });

describe('values that adopted packs give differently', () => {
  const keys = (over?: Partial<CompanyPolicy>): string[] => valuesThatDiffer(company(over), [A, B]).map(({ key, values }) => `${key} ${values.map((one) => one.pack.id).join('>')}`);

  it('are named in the order of precedence; equal values and clocks are no contradiction', () => {
    expect(keys()).toEqual(['intake.channels A>B']);
    expect(keys({ precedence: [{ pack: 'B', version: 1 }, { pack: 'A', version: 1 }] })).toEqual(['intake.channels B>A']);
  });

  it('are settled by a value of the company, by switching one off and by adopting one pack alone', () => {
    expect(keys({ own: { 'intake.channels': channels('e-mail') } })).toEqual([]);
    expect(keys({ off: [{ key: 'B/intake.channels', why: 'x' }] })).toEqual([]);
    expect(keys({ precedence: [{ pack: 'A', version: 1 }] })).toEqual([]);
  });
});

describe('the pages on policies', () => {
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'aftercare-pages-')); });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const pages = (template: string, packs: readonly PolicyPack[] = [A, B]) => {
    const file = join(root, 'infra/tooling/policy/policies.template.md');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, template);
    const files: NamedPolicies = {
      packs: packs.map((one) => ({ file: `${one.id}.yaml`, pack: one })), companies: [{ file: 'example.yaml', company: company() }],
      keys: { company: { 'intake.channels': { zh: '渠道', en: 'Channels', kind: 'list' } }, regulation: {} },
    };
    return new Map(policyPages(files, root).map(({ path, text }) => [path, text]));
  };

  it('fill the hand-written page with packs, contradictions, open rows, readings and what is unset', () => {
    const page = pages('# P\n{{packs}}\n{{example}}\n{{several}}\n{{open}}\n{{readings}}\n{{unset}}').get('docs/domain/policies.md') ?? '';
    for (const said of ['| [A](policies/A.md) | A Policy A | no dates given | 2 |', '| 1 | [A](policies/A.md) | 1 | Policy A |', '| `intake.channels` | Channels | A: hotline; B: letter | A |',
      '| [A](policies/A.md) | fee.bands | P001C-29-gap | price > 5000.00 | nobody is named |', '| P001E-36 | ours |', '`callback.wait`']) expect(page).toContain(said);
  });

  it('give every pack one page with its values, that of the latest version', () => {
    const made = pages('', [A, B, pack('A', { 'intake.channels': channels('fax') }, 2)]);
    expect([...made.keys()]).toEqual(['docs/domain/policies.md', 'docs/domain/policies/B.md', 'docs/domain/policies/A.md']);
    expect(made.get('docs/domain/policies/A.md')).toMatch(/^# A@2\n[^]*渠道<br>Channels<br>intake\.channels \| fax /);
  });

  it('refuse a template that asks for what there is not', () => {
    expect(() => pages('{{nothing}}')).toThrow('there is no {{nothing}}');
  });
});
