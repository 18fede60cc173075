/**
 * No duration, amount, quota or role of a policy stands in a service: what a company may change comes out of its packs,
 * or a changed pack would leave a rule of the former policy running unseen. Read from the syntax tree, so that comments
 * are free to cite what they like. Each rule has a fixture in fixtures/policy-literals that breaks it.
 */
import { parseSync } from '@swc/core';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Structure that no company sets. A line here needs a reason; a value that a company could want otherwise has none. */
const ALLOWED = [
  ['services/gateway/src/forward.ts', [256, 2], 'sockets kept open, and the advice to a client when a department is away'],
  ['services/gateway/src/gateway.controller.ts', [30_000], 'how long the gateway waits for a department: the machine, not a case'],
  ['services/gateway/src/main.ts', [8080], 'port when none is configured'],
  ['services/intake/src/complaint/rules/no-time-lies-in-the-future.ts', [5, 60_000], 'how far two well-kept clocks differ, which is a fact about machines'],
  ['services/registry/src/policy-adoption/policy-adoption.controller.ts', [20], 'faults that one answer quotes, so that it stays readable'],
  ['services/logistics/src/return/rules/exchanges-stay-within-the-rate.ts', [10_000], 'basis points in a whole'],
  ['services/logistics/src/trading-account/trading-account.view.ts', [10_000], 'basis points in a whole'],
  ['services/logistics/src/return/rules/exchanges-stay-within-the-window.ts', [86_400_000], 'milliseconds in a day'],
];

/** 0, 1 and -1 count, compare and begin; nothing a policy quantifies could be told from them. */
const COUNTING = new Set([0, 1]);
/** `status: 404` is HTTP, `shape: 2` the version of a read model's rows. */
const STRUCTURAL_MEMBERS = new Set(['status', 'shape']);
/** `instant.slice(0, 7)` is the month of it: where the parts of an ISO date end. */
const DATE_PARTS = new Set([4, 7, 10]);
const isHttpStatus = (value) => Number.isInteger(value) && value >= 100 && value < 600;

/**
 * Who may knock at which door is access, laid down with the route for the API document and the gateway; who decides a
 * case behind the door is policy. Only arguments of these are doors.
 */
const DOORS = new Set(['Permit', 'ListRoute', 'ShowRoute', 'CreateRoute', 'CommandRoute']);

const DURATION = [
  /^-?P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
  /\b\d+(\.\d+)?\s*(ms|h|hours?|min|minutes?|seconds?|(working|calendar|business)[ -]days?|days?|weeks?|months?|quarters?|years?)\b/i,
  /\d+\s*个?(工作日|自然日|小时|分钟|秒|天|日|周|月|季度|年)/,
  /(^|\D)([01]\d|2[0-4]):[0-5]\d(\D|$)/,
  /[一二两三四五六七八九十百半]+个?(工作日|自然日|小时|分钟|天|周|月|季度|年)/,
  /次日|翌日|当日|隔日/, /\b(the )?next (working |calendar )?day\b/i,
  /\b(a|an|one|two|three|four|five|six|seven|ten|fifteen|thirty)\s+(working |calendar )?(hour|minute|day|week|month|year)s?\b/i,
];
/** Time counted by hand instead of by the calendar of the policy: the number may well be 1. */
const COUNTED_BY_HAND = /^set(UTC)?(FullYear|Month|Date|Hours|Minutes|Seconds|Time)$/;
const AMOUNT = [
  /[\d０-９][\d０-９,，_]*(\.\d+)?\s*[千万亿]?(元|分\b|yuan|CNY|RMB)/i, /[一二两三四五六七八九十百千万亿]+(余)?元/, /(CNY|RMB|[¥￥])\s*\d/i,
  /^\d{1,3}(,\d{3})+(\.\d+)?$/, /^[+-]?\d{1,11}\.\d+$/, /\d\s*[%％]/,
];
const PACK = /(^|[^\w-])P\d{3}[A-E]?(-\d{2,3})?(?![\w-])/;
/** A whole requirement id, as refusals cite it. */
const CITATION = /^P\d{3}[A-E]?-\d{2,3}$/;

/** Names of roles as libs/access knows them. @param {string} root */
export function rolesOf(root) {
  const { body } = parseSync(readFileSync(join(root, 'libs/access/src/roles.ts'), 'utf8'), { syntax: 'typescript' });
  const found = [];
  walk(body, (node, parents) => {
    const declared = parents.findLast(({ type }) => type === 'VariableDeclarator');
    const depth = parents.filter(({ type }) => type === 'ObjectExpression').length;
    if (node.type === 'KeyValueProperty' && declared?.id.value === 'ROLES' && depth === 1) found.push(node.key.value);
  });
  if (found.length === 0) throw new Error('libs/access/src/roles.ts names no role: this check would find nothing');
  return found;
}

/** @returns {string[]} relative to `root` */
export function serviceFiles(root) {
  return readdirSync(join(root, 'services'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mts|tsx|js|mjs)$/.test(entry.name) && !/\.spec\.m?ts$/.test(entry.name) && !/\/spec(\/|$)/.test(entry.parentPath ?? entry.path))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((file) => /^services\/[^/]+\/src\//.test(file)).sort();
}

/** Every literal of a policy below `root`. */
export function policyLiteralsIn(root, { roles = rolesOf(root) } = {}) {
  return serviceFiles(root).flatMap((file) => literalsOf(file, readFileSync(join(root, file), 'utf8'), roles));
}

/** Allowances that allow nothing any more, so that the list stays as short as its reasons. @param {string} root */
export function idleAllowances(root) {
  return ALLOWED.flatMap(([file, values]) => values.filter((value) => !numbersOf(root, file).includes(value)).map((value) => `${file}: ${value}`));
}

function numbersOf(root, file) {
  const found = [];
  try {
    walk(parse(readFileSync(join(root, file), 'utf8')).body, (node) => { if (node.type === 'NumericLiteral') found.push(node.value); });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return found;
}

const parse = (text) => parseSync(text, { syntax: 'typescript', decorators: true });

/** @returns {import('./policy-literals.mjs').PolicyLiteral[]} */
export function literalsOf(file, text, roles) {
  const tree = parse(text);
  const doors = file.endsWith('.controller.ts') ? namesUsedByDoorsOnly(tree.body) : new Set();
  const found = [];
  // Offsets count bytes, and from where the parser's former files ended.
  const bytes = Buffer.from(text);
  const firstByte = tree.span.start - leadingBytes(bytes, tree);
  walk(tree.body, (node, parents) => {
    const rule = ruleBroken(node, parents, { file, roles, doors });
    if (!rule) return;
    const line = bytes.subarray(0, node.span.start - firstByte).toString('utf8').split('\n').length;
    found.push({ rule, file, line, literal: textOf(node) ?? String(node.type === 'MemberExpression' ? node.property.value : numberOf(node)) });
  });
  return found;
}

/** A module's span begins at its first statement, behind the comments that open the file. */
function leadingBytes(bytes, tree) {
  const [first] = tree.body;
  if (!first || tree.span.start !== first.span.start) return 0;
  const stripped = bytes.toString('utf8').replace(/^(\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n|#![^\n]*\n)*/, '');
  return bytes.length - Buffer.byteLength(stripped);
}

function ruleBroken(node, parents, { file, roles, doors }) {
  if (node.type === 'NumericLiteral') return isStructure(node.value, parents, file) ? null : 'a-number-belongs-to-a-pack';
  if (node.type === 'BigIntLiteral') return COUNTING.has(numberOf(node)) ? null : 'a-number-belongs-to-a-pack';
  if (node.type === 'MemberExpression' && COUNTED_BY_HAND.test(node.property.value ?? '')) return 'a-duration-belongs-to-a-pack';
  const text = textOf(node);
  if (text === null || isType(parents) || isImport(parents)) return null;
  if (isDoorTitle(text, roles, parents)) return null;
  if (namesARole(text, roles)) return isAtTheDoor(parents, doors, file) ? null : 'a-role-belongs-to-a-pack';
  if (PACK.test(text)) return isCitation(text, parents) ? null : 'a-pack-is-named-by-its-citation';
  if (/^\d+$/.test(text) && !COUNTING.has(Number(text))) return 'a-number-belongs-to-a-pack';
  if (AMOUNT.some((form) => form.test(text))) return 'an-amount-belongs-to-a-pack';
  if (DURATION.some((form) => form.test(text))) return 'a-duration-belongs-to-a-pack';
  return null;
}

/** A bigint as a number: exact enough to tell 0 and 1 from the rest. */
const numberOf = (node) => node.type === 'BigIntLiteral' ? Number(node.raw.slice(0, -1).replaceAll('_', '')) : node.value;

function textOf(node) {
  if (node.type === 'StringLiteral') return node.value;
  return node.type === 'TemplateElement' ? node.cooked ?? node.raw : null;
}

function isStructure(value, parents, file) {
  if (COUNTING.has(value)) return true;
  const parent = parents.at(-1) ?? {};
  const member = parent.type === 'KeyValueProperty' && parent.key.value;
  if (member === 'status' ? isHttpStatus(value) : STRUCTURAL_MEMBERS.has(member)) return true;
  if (DATE_PARTS.has(value) && parent.callee?.property?.value === 'slice') return true;
  // `answer.status >= 500` and `@HttpCode(200)`.
  const beside = JSON.stringify(parent.type === 'BinaryExpression' ? [parent.left, parent.right] : parent.callee ?? '');
  if (isHttpStatus(value) && /"(status|statusCode|HttpCode)"/.test(beside)) return true;
  return ALLOWED.some(([allowed, values]) => allowed === file && values.includes(value));
}

/**
 * A whole word of the text is a role. Roles without a department are everyday words, and count only as the whole text;
 * so does the second half of a role where nothing else is called that, such as `general-manager`.
 */
function namesARole(text, roles) {
  return roles.some((role) => text === role || (text.includes('-') && role.endsWith(`.${text}`)) || (role.includes('.') && text.split(/[^a-z.-]+/).includes(role)));
}

const isType = (parents) => parents.some(({ type }) => type.startsWith('Ts') && !/^Ts(As|Satisfies|NonNull|Const)/.test(type));
const isImport = (parents) => ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'].includes(parents.at(-1)?.type);

/** Only the member `rule` of a refusal or a clock table, whichever branch of a choice it takes. */
function isCitation(text, parents) {
  if (!CITATION.test(text)) return false;
  const place = parents.findLastIndex(({ type }) => type !== 'ConditionalExpression' && type !== 'ParenthesisExpression');
  const holder = parents[place];
  return holder?.type === 'KeyValueProperty' && holder.key.value === 'rule';
}

const doorOf = (parents) => parents.find(({ type, expression }) =>
  type === 'Decorator' && expression.type === 'CallExpression' && DOORS.has(expression.callee.value));
/** The title of a route in the API document may say in words which clause or month it is about. */
const isDoorTitle = (text, roles, parents) => !namesARole(text, roles) && doorOf(parents) !== undefined;

function isAtTheDoor(parents, doors, file) {
  if (!file.endsWith('.controller.ts')) return false;
  return doorOf(parents) !== undefined || doors.has(parents.findLast(({ type }) => type === 'VariableDeclarator')?.id.value);
}

/** Lists such as READERS that nothing but a door reads. */
function namesUsedByDoorsOnly(body) {
  const lists = new Set(body.flatMap((statement) => statement.type === 'VariableDeclaration' ? statement.declarations.map(({ id }) => id.value) : []));
  const uses = [];
  walk(body, (node, parents) => {
    if (node.type !== 'Identifier' || !lists.has(node.value) || parents.at(-1).type === 'VariableDeclarator' || doorOf(parents) !== undefined) return;
    uses.push({ name: node.value, within: parents.find(({ type }) => type === 'VariableDeclarator')?.id.value });
  });
  // A list within a list of that kind, such as APPROVERS within READERS, is used by doors as well.
  for (let before = -1; before !== lists.size;) {
    before = lists.size;
    for (const { name, within } of uses) if (!lists.has(within)) lists.delete(name);
  }
  return lists;
}

/** Depth first; `visit` gets the node and the nodes around it, the nearest last. */
function walk(node, visit, parents = []) {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit, parents);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const isNode = typeof node.type === 'string';
  if (isNode) visit(node, parents);
  const around = isNode ? [...parents, node] : parents;
  for (const [name, child] of Object.entries(node)) if (name !== 'span') walk(child, visit, around);
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split(sep).join('/'))) {
  const root = process.argv[2] ?? '.';
  const found = policyLiteralsIn(root);
  const idle = idleAllowances(root);
  for (const { rule, file, line, literal } of found) console.error(`${file}:${line}: ${JSON.stringify(literal)} (${rule})`);
  for (const allowance of idle) console.error(`${allowance} is allowed and not there any more`);
  const count = serviceFiles(root).length;
  console.error(found.length + idle.length === 0 ? `policy literals: none in ${count} files` : `policy literals: ${found.length} left in services, ${idle.length} idle allowances`);
  process.exit(found.length + idle.length === 0 ? 0 : 1);
}
