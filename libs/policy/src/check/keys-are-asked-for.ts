import { CLOCKS_READ, SETTINGS_READ, TABLES_READ } from '../what-is-read.js';
import { finding, type Finding } from './finding.js';
import { meant } from './meant.js';
import { adopting, ownEntries, packEntries, type PolicyFiles } from './policy-files.js';

export const KEYS_READ: readonly string[] = [...Object.keys(SETTINGS_READ), ...CLOCKS_READ, ...TABLES_READ];

const policyOf = (row: string): string => row.slice(0, row.indexOf('-'));

/** A key that a requirement or the program names and nobody has: the rule would silently never apply. */
export function unboundKeys(files: PolicyFiles): Finding[] {
  const keysOf = new Map(files.packs.map(({ file, pack }) => [pack.id, { file, keys: new Set(Object.keys(pack.params)) }]));
  const known = new Set(packEntries(files).map(({ key }) => key));
  const asked = files.requirements.flatMap(({ id, param }) => (param ?? []).map((key) => ({ id, key })));
  const byRows = asked.flatMap(({ id, key }) => {
    const own = keysOf.get(policyOf(id));
    if (own ? own.keys.has(key) : known.has(key)) return [];
    return [finding('unbound-key', own?.file ?? 'docs/domain/requirements.yaml', key,
      `${id} 需要此键：在该政策的文件中加上一条，原文没有数值时写 value: null 和 source: unset`,
      `${id} asks for it: add an entry to the file of that policy, with value: null and source: unset where the source has no figure`)];
  });
  const rowsAskFor = new Set(asked.map(({ key }) => key));
  const byProgram = KEYS_READ.filter((key) => !known.has(key) && !rowsAskFor.has(key)).map((key) => finding('unbound-key', 'libs/policy/src/what-is-read.ts', key,
    '程序读取此键，但没有任何政策文件包含它：在一个文件中加上', 'the program reads it and no pack has it: add it to one'));
  return [...byRows, ...byProgram];
}

/** An entry that nobody asks for: most often a misspelt key, and its value rules nothing. */
export function unusedKeys(files: PolicyFiles): Finding[] {
  const asked = new Set([...files.requirements.flatMap(({ param }) => param ?? []), ...KEYS_READ, ...Object.keys(files.keys.regulation)]);
  // Of an own key that nobody has at all `unknown-own-key` tells.
  const own = ownEntries(files).filter(({ file, key }) => !unknownIn(files, file, key));
  return [...packEntries(files), ...own].filter(({ key }) => !asked.has(key)).map(({ file, key }) => {
    const { zh, en } = meant(key, asked);
    return finding('unused-key', file, key, `没有需求、法规登记或程序用到它：${zh}`, `no requirement, no regulation of the register and no rule asks for it: ${en}`);
  });
}

const unknownIn = (files: PolicyFiles, file: string, key: string): boolean => {
  const { company, regulation } = files.keys;
  return !KEYS_READ.includes(key) && !Object.hasOwn(company, key) && !Object.hasOwn(regulation, key)
    && !adopting(files).some((one) => one.file === file && one.packs.some(({ pack }) => Object.hasOwn(pack.params, key)));
};

/** A company's own value under a key that nothing else knows rules nothing, and what was meant stays as it was. */
export function ownKeysNobodyKnows(files: PolicyFiles): Finding[] {
  return ownEntries(files).filter(({ file, key }) => unknownIn(files, file, key)).map(({ file, key }) => {
    const { zh, en } = meant(key, [...KEYS_READ, ...Object.keys(files.keys.company), ...Object.keys(files.keys.regulation)]);
    return finding('unknown-own-key', file, key, `程序、采用的政策与键登记都没有此键：${zh}`, `neither the program nor an adopted pack nor a register of keys has it: ${en}`);
  });
}

export function keysWithoutWords(files: PolicyFiles): Finding[] {
  const { company, regulation } = files.keys;
  const known = new Set([...Object.keys(company), ...Object.keys(regulation)]);
  const used = new Set(packEntries(files).map(({ key }) => key));
  const unregistered = packEntries(files).filter(({ key }) => !known.has(key)).map(({ file, key }) => finding('unregistered-key', file, key,
    '键登记中没有它的中英文名称：加到 keys.yaml（法规加到 keys-regulation.yaml）', 'the register of keys has no words for it: add it to keys.yaml, a key of a regulation to keys-regulation.yaml'));
  const idle = ([['keys.yaml', company], ['keys-regulation.yaml', regulation]] as const).flatMap(([file, register]) => Object.keys(register)
    .filter((key) => !used.has(key)).map((key) => finding('unused-words', file, key, '没有任何政策文件包含此键：删去这一行', 'no pack has this key: take the line out')));
  return [...unregistered, ...idle];
}

/** A citation that leads nowhere proves nothing to an auditor. */
export function unknownRows(files: PolicyFiles): Finding[] {
  const rows = new Set(files.requirements.map(({ id }) => id));
  return packEntries(files).flatMap(({ file, key, entry }) => entry.rows.filter((row) => !rows.has(row)).map((row) => finding('unknown-row', file, key,
    `需求登记中没有 ${row}：改正编号`, `docs/domain/requirements.yaml has no ${row}: correct the id`)));
}
