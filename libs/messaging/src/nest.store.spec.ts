import { Controller } from '@nestjs/common';
import { ClientNats, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { decode, openMemoryStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { lastValueFrom } from 'rxjs';
import { withCredentialsApart } from './credentials.js';
import { connectBus, type Bus } from './bus.js';
import { connectReactions } from './connect-reactions.js';
import type { Reaction } from './reaction.js';
import { natsOwnStream } from './nats-own-stream.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import { investigation, openInvestigation, record } from './spec/quality-department.js';
import { JetStreamStrategy } from './strategy.js';

@Controller()
class WhenComplaintRegisteredOpenInvestigation {
  @EventPattern('intake.ComplaintRegistered')
  react(@Payload() event: Opened): Reaction {
    if (event.index === 1) throw new RangeError('no class for this product');
    return openInvestigation(event);
  }
}

@Controller()
class WhenComplaintRegisteredWarnTheLot {
  @EventPattern('intake.ComplaintRegistered')
  async react(event: Opened): Promise<Reaction> {
    return [{ aggregate: investigation, id: `lot-of-${event.correlationId}`, command: { type: 'WarnTheLot' } }];
  }
}

@Controller()
class Questions {
  @MessagePattern('quality.questions.echo')
  echo(question: { readonly text: string }): { readonly answer: string } {
    return { answer: question.text.toUpperCase() };
  }
}

describe('Nest controllers behind the transport', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let close: (() => Promise<unknown>)[];
  const store = openMemoryStore({ log: 'quality' });

  beforeAll(async () => {
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    const strategy = new JetStreamStrategy({
      log: 'quality', store, bus, open: async recorded => ({ ...recorded, personal: null }),
      decode,
      execute: (command, meta) => record(store, command, meta), times: { retryMs: [1] },
    });
    const module = await Test.createTestingModule({
      controllers: [WhenComplaintRegisteredOpenInvestigation, WhenComplaintRegisteredWarnTheLot, Questions],
    }).compile();
    // As a department does it: beside an application that answers HTTP.
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    connectReactions(app, strategy);
    await app.startAllMicroservices();
    await app.init();
    close = [() => app.close(), keepProvisioned(nats.url)];
  });

  afterAll(async () => {
    for (const step of close) await step();
    await bus.close();
    await nats.remove();
  });

  it('react with the commands of all methods for the event, and keep the reason of a failure', async () => {
    const intake = intakeLog();
    const relay = new Relay(intake, natsOwnStream(bus, 'intake'));
    relay.start();
    close.unshift(() => relay.close());
    await registerComplaints(intake, 2);
    await eventually('dealt with', async () => await store.inboxPosition('intake') === 2);
    const streams = (await store.readLog(0, 10)).map(({ event }) => event.stream);
    expect(streams.sort()).toEqual(['investigation-case-0', 'investigation-lot-of-case-0']);
    expect(await store.quarantined()).toMatchObject([{ index: 1, reason: 'RangeError: no class for this product' }]);
  });

  it('answer the requests of a Nest client', async () => {
    const client = new ClientNats(withCredentialsApart(nats.url));
    await expect(lastValueFrom(client.send('quality.questions.echo', { text: 'batch' }))).resolves.toEqual({ answer: 'BATCH' });
    await client.close();
  });

  it('answer plain JSON requests', async () => {
    const connection = await bus.online();
    const reply = await connection?.request('quality.questions.echo', JSON.stringify({ text: 'lot' }));
    expect(reply?.json()).toMatchObject({ response: { answer: 'LOT' } });
  });
});
