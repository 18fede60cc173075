import type { CompanyPolicy, PackEntry, PolicyPack } from 'aftercare/policy';

/** One key to which adopted packs give different values, in the order of precedence: the first one holds. */
export interface DifferingValue {
  readonly key: string;
  readonly values: readonly { readonly pack: PolicyPack; readonly entry: PackEntry }[];
}

/** Settings and tables that several adopted packs bind otherwise. Clocks run side by side and contradict nobody. */
export function valuesThatDiffer(company: CompanyPolicy, packs: readonly PolicyPack[]): readonly DifferingValue[] {
  const adopted = company.precedence.flatMap(({ pack, version }) => packs.filter((one) => one.id === pack && one.version === version));
  const isOff = (pack: string, key: string): boolean => company.off.some((off) => off.key === key || off.key === `${pack}/${key}`);
  const bound = (key: string) => adopted.flatMap((pack) => {
    const entry = pack.params[key];
    return entry && entry.source !== 'unset' && !isOff(pack.id, key) ? [{ pack, entry }] : [];
  });
  const keys = [...new Set(adopted.flatMap(({ params }) => Object.keys(params)))].filter((key) => !Object.hasOwn(company.own, key)).sort();
  return keys.map((key) => ({ key, values: bound(key) })).filter(({ values: [first, ...others] }) =>
    first !== undefined && first.entry.kind !== 'clock' && others.some(({ entry }) => JSON.stringify(entry.value) !== JSON.stringify(first.entry.value)));
}
