export interface PolicyLiteral { readonly rule: string; readonly file: string; readonly line: number; readonly literal: string }
export function rolesOf(root: string): string[];
export function serviceFiles(root: string): string[];
export function policyLiteralsIn(root: string, options?: { readonly roles?: readonly string[] }): PolicyLiteral[];
export function literalsOf(file: string, text: string, roles: readonly string[]): PolicyLiteral[];
export function idleAllowances(root: string): string[];
