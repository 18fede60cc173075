import { LogOrder } from './log-order.js';

function taken(order: LogOrder<string>): string[] {
  const items: string[] = [];
  for (let item = order.take(); item !== undefined; item = order.take()) items.push(item);
  return items;
}

describe('LogOrder', () => {
  it('hands out shuffled and doubled messages once, in index order', () => {
    const order = new LogOrder<string>(5);
    const offered = [7, 5, 7, 6, 5, 4, 8].map(index => order.offer(index, `e${index}`));
    expect(offered).toEqual([true, true, false, true, false, false, true]);
    expect(taken(order)).toEqual(['e5', 'e6', 'e7', 'e8']);
    expect(order.offer(8, 'again')).toBe(false);
    expect(order.due).toBe(9);
  });

  it('holds what arrived early and names the hole', () => {
    const order = new LogOrder<string>(0);
    order.offer(0, 'e0');
    order.offer(4, 'e4');
    order.offer(3, 'e3');
    expect(taken(order)).toEqual(['e0']);
    expect(order.missing()).toEqual({ from: 1, count: 2 });
    order.offer(1, 'e1');
    expect(order.missing()).toBeNull();
    expect(taken(order)).toEqual(['e1']);
    expect(order.missing()).toEqual({ from: 2, count: 1 });
    order.offer(2, 'e2');
    expect(taken(order)).toEqual(['e2', 'e3', 'e4']);
    expect(order.missing()).toBeNull();
  });

  it('gives up what lies beyond the end of the owner\'s log, and only that', () => {
    const order = new LogOrder<string>(2);
    order.offer(3, 'e3');
    order.offer(900, 'forged');
    expect(order.dropFrom(4)).toEqual(['forged']);
    order.offer(2, 'e2');
    expect(taken(order)).toEqual(['e2', 'e3']);
  });
});
