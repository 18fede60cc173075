export * from './reaction.js';
export { Bus, connectBus, connectOnce, type BusOptions, type BusStatus } from './bus.js';
export { connectReactions } from './connect-reactions.js';
export { answerLogRange } from './log-range.js';
export { dropsStreamOf, eventSubjectsOf, inboxPrefixOf, isAlarmName, logAnswersSubject, logRangeSubject, streamNameOf } from './names.js';
export type { Delivery } from './delivery.js';
export { NotYet } from './not-yet.js';
export { natsOwnStream } from './nats-own-stream.js';
export {
  NotProvisioned, type FeedTarget, type LogOwner, type LogRange, type OwnStream, type OwnStreamAccess, type OwnStreamState, type SourceFeed,
} from './ports.js';
export type { ExecutionMeta, React, ReactionHost } from './reacting.js';
export { provisionConsumer, provisionStream } from './provision.js';
export { Relay, type RelayOptions, type RelayState, type RelayStatus } from './relay.js';
export { SourceConsumer, type ConsumerTimes, type SourcePorts, type SourceState, type SourceStatus } from './source-consumer.js';
export { JetStreamStrategy, type RetryOutcome, type StrategyOptions } from './strategy.js';
export { systemTime, type Time } from './time.js';
