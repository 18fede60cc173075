/** What is known about targets that were not always reached, by measure; shown only when a run misses one. */
export const WHY_MISSED: Readonly<Record<string, string>> = {};
