export * from './view.js';
export { BadListQuery } from './list-query.js';
export { openViews, type Views, type ViewsOptions } from './open-views.js';
export type { ViewsStatus } from './poller.js';
export { RebuildFailed, type RebuildProgress, type RebuildReport } from './rebuild.js';
export type { ViewComparison } from './compare.js';
export { ViewsClosed } from './waiting.js';
