/** How far it is: events folded, of how many. */
export interface RebuildProgress {
  readonly done: number;
  readonly of: number;
}
