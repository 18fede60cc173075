import { createRequire } from 'node:module';
import { Server, ServerCredentials, type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';
import type * as Features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import type * as Shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type * as Status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import type * as StreamMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Entry, StreamEntry } from '../fenced-stream.js';
import { StreamDouble } from './stream-double.js';

// The generated messages are CommonJS that only `require` reads whole.
const load = createRequire(import.meta.url);
const GENERATED = '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1';
const streams = load(`${GENERATED}/streams_pb.js`) as typeof StreamMessages;
const shared = load(`${GENERATED}/shared_pb.js`) as typeof Shared;
const status = load(`${GENERATED}/status_pb.js`) as typeof Status;
const features = load(`${GENERATED}/serverfeatures_pb.js`) as typeof Features;
const { StreamsService } = load(`${GENERATED}/streams_grpc_pb.js`) as { StreamsService: Parameters<Server['addService']>[0] };
const { ServerFeaturesService } = load(`${GENERATED}/serverfeatures_grpc_pb.js`) as { ServerFeaturesService: Parameters<Server['addService']>[0] };
const { Any } = load('google-protobuf/google/protobuf/any_pb.js') as { Any: new () => { pack(bytes: Uint8Array, type: string): void } };

/**
 * The part of KurrentDB's wire protocol that the engine uses, so that the official client is exercised where no server
 * can be had. It shows that we speak to the client as it wants; what a server does with its disks it cannot show.
 */
export class GrpcDouble {
  private readonly streams = new Map<string, StreamDouble>();
  private constructor(private readonly server: Server, readonly connection: string) {}

  static async start(): Promise<GrpcDouble> {
    const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
    let double: GrpcDouble | undefined;
    server.addService(StreamsService, {
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => double?.batchAppend(call),
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => double?.read(call),
      append: unimplemented, delete: unimplemented, tombstone: unimplemented,
    });
    server.addService(ServerFeaturesService, { getSupportedMethods: (_: unknown, answer: (error: null, methods: Features.SupportedMethods) => void) => answer(null, supported()) });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
    });
    double = new GrpcDouble(server, `kurrentdb://127.0.0.1:${port}?tls=false`);
    return double;
  }

  stream(name: string): StreamDouble {
    const known = this.streams.get(name) ?? new StreamDouble();
    this.streams.set(name, known);
    return known;
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    const open = new Map<string, { options: BatchAppendReq.Options; entries: Entry[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const id = request.getCorrelationId() as Shared.UUID;
      const batch = open.get(id.getString()) ?? { options: request.getOptions() as BatchAppendReq.Options, entries: [] };
      open.set(id.getString(), batch);
      for (const message of request.getProposedMessagesList()) {
        batch.entries.push({ id: message.getId()?.getString() ?? '', type: message.getMetadataMap().get('type') ?? '', data: message.getData_asU8() });
      }
      if (!request.getIsFinal()) return;
      open.delete(id.getString());
      call.write(this.answer(id, batch.options, batch.entries));
    });
    call.on('end', () => call.end());
  }

  private answer(id: Shared.UUID, options: BatchAppendReq.Options, entries: readonly Entry[]): BatchAppendResp {
    const name = nameOf(options.getStreamIdentifier());
    const stream = this.stream(name);
    const answer = new streams.BatchAppendResp().setCorrelationId(id).setStreamIdentifier(options.getStreamIdentifier());
    const after = options.hasNoStream() ? -1 : Number(options.getStreamPosition());
    if (stream.append(after, entries) === 'moved') return answer.setError(moved(stream.entries.length - 1));
    return answer.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision(String(after + entries.length)));
  }

  private read(call: ServerWritableStream<ReadReq, ReadResp>): void {
    const options = call.request.getOptions() as ReadReq.Options;
    const from = options.getStream() as ReadReq.Options.StreamOptions;
    const stream = this.stream(nameOf(from.getStreamIdentifier()));
    const start = from.hasRevision() ? Number(from.getRevision()) : 0;
    if (options.hasSubscription()) return this.subscribe(call, stream, from.hasRevision() ? start + 1 : 0);
    if (stream.entries.length === 0) {
      call.write(new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(from.getStreamIdentifier())));
    }
    for (const entry of stream.read(start, Number(options.getCount()))) call.write(eventOf(entry, from.getStreamIdentifier()));
    call.end();
  }

  private subscribe(call: ServerWritableStream<ReadReq, ReadResp>, stream: StreamDouble, first: number): void {
    let next = first;
    const identifier = call.request.getOptions()?.getStream()?.getStreamIdentifier();
    const confirmed = new streams.ReadResp.SubscriptionConfirmation();
    confirmed.setSubscriptionId('double');
    call.write(new streams.ReadResp().setConfirmation(confirmed));
    const send = (): void => {
      for (const entry of stream.read(next, Infinity)) call.write(eventOf(entry, identifier));
      next = stream.entries.length;
    };
    send();
    call.on('cancelled', stream.listen(send));
  }
}

function unimplemented(call: { destroy(error: Error): void }): void {
  call.destroy(new Error('not part of the double'));
}

function supported(): Features.SupportedMethods {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('25.1.0');
  for (const name of ['batchappend', 'read']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    methods.addMethods(method);
  }
  return methods;
}

function moved(current: number): Status.Status {
  const detail = new shared.WrongExpectedVersion();
  if (current < 0) detail.setCurrentNoStream(new shared.WrongExpectedVersion().getCurrentNoStream());
  else detail.setCurrentStreamRevision(String(current));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const answer = new status.Status();
  answer.setDetails(packed as Parameters<Status.Status['setDetails']>[0]);
  return answer;
}

function eventOf({ id, type, data, revision }: StreamEntry, identifier: Shared.StreamIdentifier | undefined): ReadResp {
  const uuid = new shared.UUID();
  uuid.setString(id);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(uuid);
  event.setStreamIdentifier(identifier);
  event.setStreamRevision(String(revision));
  event.setPreparePosition(String(revision));
  event.setCommitPosition(String(revision));
  event.getMetadataMap().set('type', type).set('content-type', 'application/octet-stream').set('created', '17000000000000000');
  event.setData(data);
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event));
}

function nameOf(identifier: Shared.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}
