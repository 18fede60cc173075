import { setImmediate as turn } from 'node:timers/promises';
import { AckPrefix } from './ack-prefix.js';
import type { Delivery } from './delivery.js';
import { systemTime } from './time.js';

describe('acknowledging once for many', () => {
  let said: string[];
  const delivery = (seq: number, name = String(seq)): Delivery => ({
    seq, data: new Uint8Array(), ack: () => said.push(`ack ${name}`), nak: () => said.push(`nak ${name}`), working: () => said.push(`working ${name}`),
  });
  beforeEach(() => { said = []; });

  it('answers only the last of a settled run, and never passes a message that is open', async () => {
    const acks = new AckPrefix();
    const [one, two, three, four] = [1, 2, 3, 4].map(seq => delivery(seq)) as [Delivery, Delivery, Delivery, Delivery];
    for (const each of [one, two, three, four]) acks.take(each);
    for (const each of [one, two, four]) acks.settle(each);
    await turn();
    expect(said).toEqual(['ack 2']);
    acks.settle(three);
    await turn();
    expect(said).toEqual(['ack 2', 'ack 4']);
  });

  it('never passes what an earlier session was handed and this one was not', async () => {
    let dealtWith = 0;
    const acks = new AckPrefix(systemTime, () => dealtWith);
    const [two, three] = [delivery(2), delivery(3)];
    acks.take(two);
    acks.settle(two);
    await turn();
    expect(said).toEqual([]);
    dealtWith = 1;
    acks.take(three);
    acks.settle(three);
    await turn();
    expect(said).toEqual(['ack 3']);
  });

  it('waits for the last handing-over of a repeated message', async () => {
    const acks = new AckPrefix();
    const [first, again] = [delivery(1, 'first'), delivery(1, 'again')];
    acks.take(first);
    acks.take(again);
    acks.settle(first);
    await turn();
    expect(said).toEqual([]);
    acks.settle(again);
    await turn();
    expect(said).toEqual(['ack again']);
  });

  it('gives back what is open and keeps alive what is not answered yet', () => {
    const acks = new AckPrefix();
    const [one, two] = [delivery(1), delivery(2)];
    acks.take(one);
    acks.take(two);
    acks.settle(two);
    acks.keepAlive();
    acks.giveBack();
    expect(said).toEqual(['working 1', 'working 2', 'nak 1']);
  });
});
