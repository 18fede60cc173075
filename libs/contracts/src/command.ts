/**
 * What a decider is told beside the words of the caller: the id of the aggregate, which the state of a new one
 * cannot know, and for a first event the number the case will have is left to the log.
 */
export type CommandOf<Table, Facts = unknown> = { [N in keyof Table & string]: { readonly type: N } & Readonly<Table[N]> & Facts }[keyof Table & string];
