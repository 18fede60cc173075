import type { Json } from './json.js';

/** One case runs through the golden logs of all departments. */
export const CASE_ID = '019ca6a0-0000-7000-8000-00000000c0de';
export const SUBJECT_ID = '019ca6a0-0000-7000-8000-00000000face';

/** By the name of the member; what is not named here gets its own name, which is as good as any code. */
const SENSIBLE: Readonly<Record<string, unknown>> = {
  caseId: CASE_ID, subject: SUBJECT_ID, round: 1, rounds: 1, attempt: 1, attempts: 3, quantity: 2, seconds: 95, minor: 12_800,
  customerId: 'customer-0042', productCode: 'DV-100', productName: '输液泵', name: '输液泵', model: 'SP-2', lot: 'L-2601', serial: 'SN-0077',
  manufacturer: '示例器械厂', supplier: '示例供应商', station: '示例货运站', region: '华东', responsibleStep: '仓储', department: 'production',
  returnId: `${CASE_ID}.1`, reportId: CASE_ID, investigationId: CASE_ID, callbackId: `${CASE_ID}.1`, reference: `${CASE_ID}.1`, draft: 'draft-1',
  firstContactOwner: 'staff-007', handler: 'staff-011', supervisor: 'staff-003', approver: 'staff-002', requester: 'staff-011', inspector: 'staff-021',
  account: 'staff-015', author: 'staff-011', to: 'staff-003', reportedTo: 'staff-003', head: 'staff-020', driver: 'staff-031', courier: 'staff-032',
  receivedBy: 'staff-033', appointedBy: 'staff-001', complainedOf: 'staff-040', sha256: 'ab'.repeat(32), digest: 'cd'.repeat(32), clock: 'P001E/complaint.reply',
  policy: 'P001E@1', rule: 'P001E-13', why: 'case closed', register: 'complaint-register', row: '17',
  was: 'P001E/complaint.reply', step: 'warn.50', percent: 50, clause: '4.4.3', owner: 'registry.clerk', unpublishedYear: 2027, leftMs: 7_200_000, lateByMs: 60_000,
};

interface Node {
  readonly type?: string; readonly const?: unknown; readonly enum?: readonly unknown[]; readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>; readonly items?: Node; readonly maxLength?: number; readonly minimum?: number; readonly format?: string;
}

/** A value that the schema takes and that reads like one from the work. Nullable members are there, lists have one item. */
export function exampleOf(schema: Json, member = ''): unknown {
  const node = schema as Node;
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (node.anyOf) return exampleOf((node.anyOf.find(({ type }) => type !== 'null') ?? node.anyOf[0]) as Json, member);
  switch (node.type) {
    case 'object': return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, inner]) => [name, exampleOf(inner as Json, name)]));
    case 'array': return node.items ? [exampleOf(node.items as Json, member.replace(/s$/, ''))] : [];
    case 'boolean': return true;
    case 'null': return null;
    case 'integer': return typeof SENSIBLE[member] === 'number' ? SENSIBLE[member] : (node.minimum ?? 0) + 1;
    default: return exampleText(node, member);
  }
}

function exampleText({ format }: Node, member: string): string {
  if (format === 'date-time') return '2026-03-02T01:30:00.000Z';
  if (format === 'date') return '2026-03-02';
  const known = SENSIBLE[member];
  return typeof known === 'string' ? known : `${member || 'code'}-1`;
}
