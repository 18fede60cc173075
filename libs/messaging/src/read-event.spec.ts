import { decode } from 'aftercare/event-store';
import { readEvent } from './read-event.js';

const bytesOf = (over: object): Buffer =>
  Buffer.from(JSON.stringify({ format: 1, log: 'intake', index: 4, id: 'e-4', type: 'ComplaintRegistered', stream: 'complaint-1', correlationId: 'case-1', ...over }));

describe('an event of a neighbour', () => {
  it.each([['example@1'], [undefined]])('is read with the policy version %s of its case', (adoption) => {
    const read = readEvent(bytesOf({ adoption }), 'intake', decode);
    expect([read.ok, read.ok && read.event.adoption]).toEqual([true, adoption]);
  });

  it.each([[''], [null], [7], [['example@1']], [{ id: 'example' }]])('is none when it tells %j for a policy version: a case would wait for what never comes', (adoption) => {
    expect(readEvent(bytesOf({ adoption }), 'intake', decode)).toEqual({ ok: false, reason: 'names its policy version by something that is no name' });
  });
});
