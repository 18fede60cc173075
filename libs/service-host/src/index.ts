export * from './commands/index.js';
export { CaseFiles, type CaseFile } from './department/case-files.js';
export { deadlineView, type DeadlineRow } from './department/deadline.view.js';
export { defineDepartment, type DepartmentDefinition } from './department/department.js';
export { Lists, sealedTexts, type SealedTexts } from './department/lists.js';
export { EVENT_STORE, VIEWS } from './department/tokens.js';
export * from './http/index.js';
export { startService } from './start-service.js';
