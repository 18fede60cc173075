export * from './reaction.js';
export { Bus, connectBus, type BusOptions, type BusStatus } from './bus.js';
export { KeepReason } from './keep-reason.filter.js';
export { answerLogRange, askLogRange, type LogRange } from './log-range.js';
export { logRangeSubject, streamNameOf } from './names.js';
export type { ExecutionMeta, ReactionHost } from './reacting.js';
export { Relay, type RelayOptions, type RelayStatus } from './relay.js';
export type { ConsumerTimes, SourceStatus } from './source-consumer.js';
export { JetStreamStrategy, type RetryOutcome, type StrategyOptions } from './strategy.js';
