interface Requirement { readonly id: string; readonly rule: string; readonly enforce: string }
interface RunTest { readonly name: string; readonly file: string; readonly status: string }
export function idsIn(text: string): Set<string>;
export function citations(root: string): { carriers: Map<string, string[]>; specs: Set<string> };
export function faults(known: Set<string>, carriers: Map<string, string[]>, tests: readonly RunTest[]): string[];
export function page(requirements: readonly Requirement[], carriers: Map<string, string[]>, tests: readonly RunTest[]): string;
