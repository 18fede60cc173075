export * from './view.js';
export { BadListQuery } from './list-query.js';
export { openViews, type Views, type ViewsOptions } from './open-views.js';
export { ViewBuilding, ViewStopped, type ViewsStatus } from './status.js';
export { RebuildFailed, type RebuildProgress, type RebuildReport } from './rebuild.js';
export { NothingKept } from './rollback.js';
export type { ViewComparison } from './compare.js';
export type { ParallelOptions, ViewsModule } from './parallel/parallel-filling.js';
export { ViewsClosed, ViewsLag } from './waiting.js';
