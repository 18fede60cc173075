export interface RunSuite {
  readonly testFilePath: string;
  readonly testExecError?: { readonly message: string };
  readonly failureMessage?: string | null;
  readonly testResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[];
}

export function failedTests(testResults: readonly RunSuite[], root: string): string[];
