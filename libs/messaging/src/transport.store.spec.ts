import { Controller, Logger } from '@nestjs/common';
import { ClientNats, Ctx, EventPattern, MessagePattern, Payload, RpcException, type BaseRpcContext, type MicroserviceOptions } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { decode, openMemoryStore, type EventStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { lastValueFrom, of, throwError, type Observable } from 'rxjs';
import { connectBus, type Bus } from './bus.js';
import { withCredentialsApart } from './credentials.js';
import { KeepReason } from './keep-reason.filter.js';
import { answerLogRange } from './log-range.js';
import { natsOwnStream } from './nats-own-stream.js';
import type { Reaction, ReactionCommand } from './reaction.js';
import { pause } from './pause.js';
import { Relay } from './relay.js';
import { eventually } from './spec/eventually.js';
import { intakeLog, registerComplaints } from './spec/intake-log.js';
import { NatsFolder } from './spec/nats-folder.js';
import { keepProvisioned } from './spec/provisioner.js';
import { causesOf, investigation, openInvestigation, qualityDepartment, record } from './spec/quality-department.js';
import { JetStreamStrategy } from './strategy.js';

const REACT_MS = 200;

@Controller()
class Reactions {
  @EventPattern('intake.ThrowsAtOnce')
  atOnce(_event: Opened): Reaction {
    throw new RangeError('at once');
  }

  @EventPattern('intake.ThrowsLater')
  async later(_event: Opened): Promise<Reaction> {
    await Promise.resolve();
    throw new RpcException('later');
  }

  @EventPattern('intake.StreamFails')
  fails(_event: Opened): Observable<Reaction> {
    return throwError(() => new Error('in its stream'));
  }

  @EventPattern('intake.NeverAnswers')
  never(_event: Opened): Promise<Reaction> {
    return new Promise(() => undefined);
  }

  @EventPattern('intake.AnswersNonsense')
  nonsense(_event: Opened): object {
    return { neither: 'command nor nothing' };
  }

  @EventPattern('intake.AnswersInAStream')
  stream(@Payload() event: Opened): Observable<Reaction> {
    return of(openInvestigation(event));
  }

  @EventPattern(['intake.ComplaintRegistered', 'intake.InquiryRegistered'])
  several(@Payload() event: Opened, @Ctx() context: BaseRpcContext<[string]>): ReactionCommand {
    return { aggregate: investigation, id: `${context.getArgByIndex(0)} ${event.correlationId}`, command: { type: 'OpenInvestigation' } };
  }
}

@Controller()
class Questions {
  @MessagePattern('quality.questions.echo')
  echo(question: { readonly text: string }): object {
    if (question.text === 'throw') throw new RangeError('no such lot; customer Zhang San');
    if (question.text === 'refuse') throw new RpcException({ code: 'unknown-lot' });
    return { answer: question.text };
  }
}

describe('the transport between controllers and the bus', () => {
  let nats: NatsFolder;
  let bus: Bus;
  let client: ClientNats;
  const intake = intakeLog();
  const store = openMemoryStore({ log: 'quality' });
  const closing: (() => Promise<unknown> | unknown)[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    nats = new NatsFolder();
    bus = connectBus({ servers: await nats.start(), name: 'test' });
    const relay = new Relay(intake, natsOwnStream(bus, 'intake'));
    relay.start();
    closing.push(() => nats.remove(), () => bus.close(), () => relay.close(), answerLogRange(bus, intake));
    closing.push(keepProvisioned(nats.url, { consumers: [['intake', 'quality'], ['intake', 'twins'], ['intake', 'stuck']] }));
    const strategy = strategyFor(store);
    const module = await Test.createTestingModule({ controllers: [Reactions, Questions] }).compile();
    const app = module.createNestMicroservice<MicroserviceOptions>({ strategy, logger: false });
    app.useGlobalFilters(new KeepReason());
    await app.listen();
    closing.push(() => app.close());
    client = new ClientNats(withCredentialsApart(nats.url));
    closing.push(() => client.close());
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  function strategyFor(own: EventStore): JetStreamStrategy {
    return new JetStreamStrategy({
      log: own.log, store: own, bus, decode, open: async recorded => ({ ...recorded, personal: null }),
      execute: (command, meta) => record(own, command, meta), times: { retryMs: [1, 1], reactMs: REACT_MS },
    });
  }

  async function registered(type: string): Promise<number> {
    const index = await intake.head();
    await registerComplaints(intake, 1, { type });
    await eventually(`index ${index} dealt with`, async () => await store.inboxPosition('intake') === index + 1);
    return index;
  }

  it.each([
    ['ThrowsAtOnce', 'RangeError: at once'],
    ['ThrowsLater', 'Error: later'],
    ['StreamFails', 'Error: in its stream'],
    ['NeverAnswers', `Error: the reaction did not answer within ${REACT_MS} ms`],
    ['AnswersNonsense', 'TypeError: a reaction answered with something that is not a command'],
  ])('a reaction that %s ends in quarantine with its reason after its tries, and the next event is dealt with', async (type, reason) => {
    const index = await registered(type);
    await registered('AnswersInAStream');
    expect((await store.quarantined()).filter(entry => entry.index === index)).toMatchObject([{ source: 'intake', type, reason }]);
    expect(await causesOf(store)).toContain(index + 1);
  });

  it('an event that nobody listens to is marked and forgotten', async () => {
    const before = (await store.quarantined()).length;
    await registered('NobodyListens');
    expect((await store.quarantined()).length).toBe(before);
  });

  it('one method may react to several events and is told which', async () => {
    const first = await registered('ComplaintRegistered');
    await registered('InquiryRegistered');
    const streams = (await store.readLog(0, 1_000)).map(({ event }) => event).filter(({ data }) => (data as { cause: number }).cause >= first).map(({ stream }) => stream);
    expect(streams).toEqual([expect.stringMatching(/^investigation-intake\.ComplaintRegistered /), expect.stringMatching(/^investigation-intake\.InquiryRegistered /)]);
  });

  it('a question that nobody answers is refused at once', async () => {
    const start = Date.now();
    await expect(lastValueFrom(client.send('quality.questions.unknown', {}))).rejects.toThrow(/no subscribers/);
    expect(Date.now() - start).toBeLessThan(1_000);
  });

  it('a method that throws answers with the error, and the next question is answered', async () => {
    await expect(lastValueFrom(client.send('quality.questions.echo', { text: 'refuse' }))).rejects.toEqual({ code: 'unknown-lot' });
    await expect(lastValueFrom(client.send('quality.questions.echo', { text: 'throw' }))).rejects.toEqual({ status: 'error', message: 'Internal server error' });
    await expect(lastValueFrom(client.send('quality.questions.echo', { text: 'lot' }))).resolves.toEqual({ answer: 'lot' });
  });

  it.each(['', '{', 'null'])('a malformed request %j is answered with an error at once', async text => {
    const reply = await (await bus.online())?.request('quality.questions.echo', text, { timeout: 1_000 });
    expect(reply?.json()).toMatchObject({ err: { status: 'error' } });
  });

  it('two methods for one question are refused when they are registered', () => {
    const strategy = strategyFor(openMemoryStore({ log: 'quality' }));
    const answer = async () => null;
    strategy.addHandler('quality.questions.echo', answer);
    expect(() => strategy.addHandler('quality.questions.echo', answer)).toThrow(/two methods/);
    expect(() => strategy.addHandler('quality.questions.echo', answer, true)).toThrow(/two methods/);
    strategy.addHandler('intake.ComplaintRegistered', answer, true);
    strategy.addHandler('intake.ComplaintRegistered', async () => null, true);
  });

  it('two instances on one store answer each event once and in the order of its case', async () => {
    const twins = openMemoryStore({ log: 'twins' });
    const departments = [1, 2].map(() => qualityDepartment(bus, {
      store: twins,
      reactions: { 'intake.Shared': openInvestigation },
      over: { log: 'twins', execute: async (command, meta) => {
        for (;;) {
          const failure = await record(twins, command, meta).then(() => null, (error: Error) => error);
          if (!failure) return;
          if (failure.message !== 'conflict') throw failure;
        }
      } },
    }));
    for (const { listen, strategy } of departments) {
      listen();
      closing.push(() => strategy.close());
    }
    const from = await intake.head();
    await registerComplaints(intake, 400, { type: 'Shared' });
    await eventually('all dealt with', async () => await twins.inboxPosition('intake') === from + 400, 10_000);
    await eventually('both know', () => departments.every(({ strategy }) => strategy.statusOfSources()[0]?.due === from + 400), 10_000);
    expect(await twins.quarantined()).toEqual([]);
    const causes = await causesOf(twins);
    expect([...causes].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, place) => from + place));
  }, 30_000);

  it('a question under way is answered before the department stops, and no further one is taken', async () => {
    const { strategy, listen } = qualityDepartment(bus, { store: openMemoryStore({ log: 'slow' }), over: { log: 'slow' } });
    let isBegun = false;
    strategy.addHandler('slow.questions.echo', async text => { isBegun = true; await pause(700); return text; });
    listen();
    await (await bus.online())?.flush();
    const answer = lastValueFrom(client.send('slow.questions.echo', 'lot')).catch((error: Error) => error.message);
    await eventually('begun', () => isBegun);
    const start = Date.now();
    await strategy.close();
    expect(Date.now() - start).toBeGreaterThan(300);
    await expect(Promise.race([answer, pause(200).then(() => 'nothing')])).resolves.toBe('lot');
    await expect(lastValueFrom(client.send('slow.questions.echo', 'lot'))).rejects.toThrow(/no subscribers/);
  });

  it('a question that is never answered does not keep the department from stopping', async () => {
    const { strategy, listen } = qualityDepartment(bus, { store: openMemoryStore({ log: 'slow' }), over: { log: 'slow', times: { finishMs: 300 } } });
    let isBegun = false;
    strategy.addHandler('slow.questions.never', () => { isBegun = true; return new Promise(() => undefined); });
    listen();
    await (await bus.online())?.flush();
    lastValueFrom(client.send('slow.questions.never', 'lot')).catch(() => undefined);
    await eventually('begun', () => isBegun);
    const start = Date.now();
    await strategy.close();
    expect(Date.now() - start).toBeLessThan(2_500);
  });

  it('a reaction that never ends does not keep the department from stopping', async () => {
    const { strategy, listen } = qualityDepartment(bus, {
      store: openMemoryStore({ log: 'stuck' }),
      reactions: { 'intake.Stuck': () => new Promise(() => undefined) },
      over: { log: 'stuck', times: { finishMs: 300, quietMs: 200 } },
    });
    let isBegun = false;
    strategy.addHandler('intake.Stuck', async () => { isBegun = true; }, true);
    listen();
    await registerComplaints(intake, 1, { type: 'Stuck' });
    await eventually('begun', () => isBegun || strategy.statusOfSources()[0]?.open === 1);
    const start = Date.now();
    await strategy.close();
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});
