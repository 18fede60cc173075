import type { Bilingual } from 'aftercare/kernel';
import type { PackEntry, PolicyPack } from '../pack/pack.schema.js';
import { labelOf, type Names } from './pack-view.js';
import { valueText } from './value-text.js';
import { joined } from './view.js';

type EntryData = { readonly key: string; readonly label: Bilingual; readonly shown: Bilingual } & PackEntry;
type Described = Omit<PolicyPack, 'params'> & { readonly entries: readonly EntryData[] };

/** For programs: the pack as its file has it, with every entry under its key beside what people call it and its value. */
export function packAsData({ params, ...pack }: PolicyPack, names: Names): Described {
  return { ...pack, entries: Object.entries(params).map(([key, entry]) => ({ key, label: labelText(key, names), shown: joined({ zh: '；', en: '; ' }, valueText(entry)), ...entry })) };
}

/** What people call a key; the key itself where no register has it. */
export function labelText(key: string, names: Names): Bilingual {
  const [label = key] = labelOf(key, names);
  return typeof label === 'string' ? { zh: label, en: label } : label;
}
