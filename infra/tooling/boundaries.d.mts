export interface Violation { readonly rule: string; readonly file: string; readonly imports: string }
export const LIBRARIES: Readonly<Record<string, readonly string[]>>;
export function importsOf(text: string): string[];
export function filesBelow(root: string): string[];
export function violationsIn(root: string): Violation[];
